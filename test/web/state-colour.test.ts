import { expect, it } from "vitest";
import { eventTone } from "../../web/app/events/tone.ts";
import type { StateType } from "../../web/gql/graphql.ts";
import { stateDot } from "../../web/ui/state-badge.tsx";

const states: [StateType, string[]][] = [
  ["SCHEDULED", ["Scheduled", "Late", "AwaitingConcurrencySlot", "AwaitingRetry", "Resuming"]],
  ["PENDING", ["Pending"]],
  ["RUNNING", ["Running", "Retrying"]],
  ["PAUSED", ["Paused", "Suspended"]],
  ["CANCELLING", ["Cancelling"]],
  ["CANCELLED", ["Cancelled"]],
  ["COMPLETED", ["Completed"]],
  ["FAILED", ["Failed", "TimedOut"]],
  ["CRASHED", ["Crashed"]],
];

it.each(states.flatMap(([type, names]) => names.map((name) => ({ type, name }))))(
  "the state $name has the colour of its event",
  ({ type, name }) => {
    expect(stateDot({ type, name }).split(" ")[0]).toBe(eventTone(`prefect.flow-run.${name}`));
  },
);

it("what is late stands out of what is scheduled", () => {
  expect(stateDot({ type: "SCHEDULED", name: "Late" })).not.toBe(
    stateDot({ type: "SCHEDULED", name: "Scheduled" }),
  );
});
