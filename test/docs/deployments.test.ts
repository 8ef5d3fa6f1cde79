import { afterAll, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { automationDocument } from "../../core/automation/document.ts";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { automationWarnings } from "../../core/automation/warnings.ts";
import { registerDeployment } from "../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../server/deployment/run-deployment.ts";
import { setVariable } from "../../server/variable/set-variable.ts";
import { createTestContext, type TestContext } from "../support/context.ts";
import { blocksOf, namedBlock, textOf } from "./support/pages.ts";

const page = "docs/deployments.md";
let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

it.each(blocksOf(page).filter(({ language }) => language === "yaml"))(
  "the automation at line $line is valid, without a doubt, and read again as it is",
  ({ text }) => {
    const automation = parseAutomationDocument(parse(text));
    expect(automationWarnings(automation)).toEqual([]);
    expect(parseAutomationDocument(automationDocument(automation))).toEqual(automation);
  },
);

it("the placeholders become what the page says", async () => {
  const [, said = ""] = /With a \[variable\][^\n]*`"Lyon"` this is `(\{[^`]*\})`/.exec(textOf(page)) ?? [];
  await setVariable(ctx, { name: "city", value: "Lyon" });
  const parameters: unknown = JSON.parse(namedBlock(page, "parameters.json").text);
  const { id } = await registerDeployment(ctx, {
    deployment: { flowName: "forecast", name: "daily", parameters },
  });
  const run = await runDeployment(ctx, { deployment: id });
  const stored = await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id: run } });
  expect(stored.parameters).toEqual(JSON.parse(said));
});
