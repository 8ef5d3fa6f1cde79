import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { Reading } from "../../core/document/reading.ts";
import { deployCommand } from "../../sdk/cli/deploy/commands.ts";
import { fillIn } from "../../sdk/deployment-file/fill-in.ts";
import { type FileDeployment, readDeployment } from "../../sdk/deployment-file/read-deployment.ts";
import { readParts } from "../../sdk/deployment-file/read-file.ts";
import { referencesOf, withIds } from "../../sdk/deployment-file/references.ts";
import { readSharedTriggers } from "../../sdk/deployment-file/shared-triggers.ts";
import { useAntiphon } from "../sdk/support/antiphon.ts";
import { DeployFolder } from "../sdk/support/deploy-folder.ts";
import { blocksOf, namedBlock, root, textOf } from "./support/pages.ts";

const page = "docs/deployment-file.md";
const files = blocksOf(page).filter(({ language, file }) => language === "yaml" && file !== "triggers.yaml");

function read(text: string): FileDeployment[] {
  const reading = new Reading("document", "the file");
  const { parts, warnings } = readParts(reading, parse(text));
  const shared = readSharedTriggers(reading, parts.triggers);
  const found = parts.deployments.map((given) => {
    const { value } = fillIn(given.value, "deployment", given.path, () => ({ value: "true" }));
    return readDeployment(reading, { value, path: given.path }, shared, null);
  });
  expect({ issues: reading.issues, warnings }).toEqual({ issues: [], warnings: [] });
  return found;
}

it("the page shows files of every part", () => {
  expect(files.map(({ file }) => file)).toEqual([
    "antiphon.yaml",
    "shared.yaml",
    "with-automations.yaml",
    "filled.yaml",
  ]);
});

it.each(files)("the file at line $line is read without a problem", ({ text }) => {
  expect(read(text).length).toBeGreaterThan(0);
});

it("every key of a deployment and of the file is on the page, and every option of the command", () => {
  const text = textOf(page);
  for (const source of ["read-deployment.ts", "read-file.ts"]) {
    const code = readFileSync(path.join(root, "sdk/deployment-file", source), "utf8");
    const [, list = ""] = /const names = \[([^;]*)\];/.exec(code) ?? [];
    const keys = [...list.matchAll(/"([a-z_]+)"/g)].map(([, key]) => key);
    expect(keys.length).toBeGreaterThan(5);
    for (const key of keys) expect(text).toContain(`\`${key}\``);
  }
  for (const { long } of deployCommand().options)
    if (!["--output", "--prefect-file", "--name"].includes(long ?? "")) expect(text).toContain(long);
});

it("run-time templates of the page stay, and what is marked is filled in", () => {
  const [deployment] = read(namedBlock(page, "filled.yaml").text);
  expect(deployment?.tags).toEqual(["true"]);
  expect(deployment?.triggers[0]?.value).toMatchObject({
    enabled: true,
    parameters: { customer: "{{ event.resource.id }}", stage: "true" },
  });
});

it("the automations of the page are valid, with names in the places of ids", () => {
  const { automations } = parse(namedBlock(page, "with-automations.yaml").text);
  for (const automation of automations) {
    expect(referencesOf(automation).map(({ noun }) => noun)).toEqual(["deployment", "block", "automation"]);
    expect(() =>
      parseAutomationDocument(withIds(automation, () => "00000000-0000-4000-8000-000000000000")),
    ).not.toThrow();
  }
});

describe("with a server", () => {
  useAntiphon();

  it("the page's file is deployed with the page's flows, and told as the page tells it", async () => {
    const text = namedBlock(page, "antiphon.yaml").text.replace(/ {4}work_pool:\n {6}name: local\n/, "");
    const project = new DeployFolder({
      "antiphon.yaml": text,
      "flows.ts": namedBlock(page, "flows.ts").text,
    });
    const { code, out, err } = await project.antiphon("deploy", "--all");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const told = /^after-order\/after-order: created[\s\S]*?^```$/m
      .exec(textOf(page))?.[0]
      .replace(/```$/, "");
    expect(out.replace(/\([0-9a-f-]{36}\)/g, "(019ab1…)")).toBe(told);
  });
});
