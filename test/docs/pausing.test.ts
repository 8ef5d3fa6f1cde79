import { expect, it } from "vitest";
import { parse } from "yaml";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { automationWarnings } from "../../core/automation/warnings.ts";
import { backtest } from "../../core/trigger/backtest-events.ts";
import { assignIds } from "../../core/trigger/ids.ts";
import { blocksOf } from "./support/pages.ts";

const hour = 3_600_000;

it("the page's reminder is sent of what nobody answers within an hour, and of nothing else", () => {
  const [block] = blocksOf("docs/pausing-and-suspending.md").filter(({ language }) => language === "yaml");
  const automation = parseAutomationDocument(parse(block?.text ?? ""));
  expect(automationWarnings(automation)).toEqual([]);
  const told = (at: number, verb: string, asking: string) => ({
    id: crypto.randomUUID(),
    occurred: at,
    event: `prefect.flow-run-input.${verb}`,
    resource: { "prefect.resource.id": `prefect.flow-run-input.${asking}` },
    related: [],
    follows: null,
  });
  const { firings } = backtest({
    trigger: assignIds(automation.trigger, () => crypto.randomUUID()),
    start: 0,
    until: 3 * hour,
    events: [
      told(1000, "requested", "answered"),
      told(2000, "requested", "forgotten"),
      told(3000, "requested", "late"),
      told(hour / 2, "responded", "answered"),
      told(2 * hour, "responded", "late"),
    ],
  });
  expect(firings.map(({ labels, time }) => [labels["prefect.resource.id"], time])).toEqual([
    ["prefect.flow-run-input.forgotten", 2000 + hour],
    ["prefect.flow-run-input.late", 3000 + hour],
  ]);
});
