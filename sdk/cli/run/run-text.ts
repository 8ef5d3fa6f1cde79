import type { RunRowFragment } from "../../gql/graphql.ts";
import type { Column } from "../text/table.ts";
import { lengthText, timeText } from "../text/time.ts";
import { stateStyle } from "./state-style.ts";

/** What is shown of each run of a list; when it is due where some of them are upcoming. */
export function runColumns(runs: readonly RunRowFragment[]): Column<RunRowFragment>[] {
  return runs.some(({ upcoming }) => upcoming) ? [...begin, due, ...end] : [...begin, ...end];
}

const begin: readonly Column<RunRowFragment>[] = [
  { title: "NAME", of: ({ name }) => name },
  { title: "OF", of: whose },
  { title: "STATE", of: stateText, style: ({ state }) => stateStyle(state.type) },
];
const due: Column<RunRowFragment> = {
  title: "DUE",
  of: ({ upcoming, expectedStart }) => (upcoming && expectedStart ? timeText(expectedStart) : ""),
};
const end: readonly Column<RunRowFragment>[] = [
  { title: "CREATED", of: ({ createdAt }) => timeText(createdAt) },
  { title: "RAN", of: ({ startedAt, totalRunTime }) => (startedAt ? lengthText(totalRunTime) : "") },
  { title: "ID", of: ({ id }) => id, style: () => "dim" },
];

/** The deployment that a run was made of, else its flow. */
export function whose({ deployment, flow }: Pick<RunRowFragment, "deployment" | "flow">): string {
  return deployment?.fullName ?? flow.name;
}

/** The state of a run, with what is not told by its name. */
export function stateText({ state, awaitedInput }: Pick<RunRowFragment, "state" | "awaitedInput">): string {
  return awaitedInput ? `${state.name}, waits for an input` : state.name;
}
