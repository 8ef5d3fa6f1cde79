import { issueLine } from "../../automation/issue-line.ts";
import { InspectRunDocument, type InspectRunQuery } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";
import { factsText } from "../text/facts.ts";
import { documentText, type Format } from "../text/print.ts";
import { clockText, lengthText, timeText } from "../text/time.ts";
import { findRun } from "./find-run.ts";
import { stateText, whose } from "./run-text.ts";

/** `antiphon run inspect` */
export async function inspect(given: string, { output }: { output?: Format }): Promise<void> {
  const { id } = await findRun(given);
  const { flowRun } = await request(InspectRunDocument, { id });
  if (!flowRun) throw new Failure(`the run ${given} was deleted meanwhile`);
  process.stdout.write(output ? documentText(flowRun, output) : `${factsText(factsOf(flowRun))}\n`);
}

type Run = NonNullable<InspectRunQuery["flowRun"]>;

function factsOf(run: Run): [string, string | null][] {
  const { deployment, endedAt, parent, startedAt, state } = run;
  return [
    ["Name", run.name],
    ["Id", run.id],
    [deployment ? "Deployment" : "Flow", whose(run)],
    ["State", stateText(run) + (state.message ? `: ${state.message}` : "")],
    ["Waits because", run.waitsBecause ?? null],
    ["Tags", run.tags.join(", ") || null],
    ["Parameters", JSON.stringify(run.parameters, null, 2)],
    ["Created", timeText(run.createdAt) + (run.createdBy ? ` by ${run.createdBy}` : "")],
    ["Due", !startedAt && run.expectedStart ? timeText(run.expectedStart) : null],
    ["Started", startedAt ? timeText(startedAt) : null],
    ["Ended", endedAt ? timeText(endedAt) : null],
    ["Ran", startedAt ? `${lengthText(run.totalRunTime)} in RUNNING, attempt ${run.runCount}` : null],
    ["Made by run", parent ? `${parent.name} ${parent.id}` : null],
    ["Made runs", run.children.map((one) => `${one.name} ${one.id} ${one.state.name}`).join("\n") || null],
    ["States", run.stateHistory.map((one) => `${clockText(one.timestamp)} ${one.name}`).join("\n")],
    ["Waits", waitText(run)],
    ["Receives", run.inputChannels.map(channelText).join("\n") || null],
    ["Console", run.uiUrl],
  ];
}

function waitText({ id, pause }: Run): string | null {
  if (!pause) return null;
  const until = pause.expiresAt ? `, until ${timeText(pause.expiresAt)}` : "";
  const refused = (pause.input?.refusedIssues ?? []).map((issue) => `\nrefused: ${issueLine(issue)}`);
  const asks = pause.input?.description ? `\n${pause.input.description}` : "";
  return `since ${timeText(pause.requestedAt)}${until} (${pause.key}): antiphon resume ${id}${refused.join("")}${asks}`;
}

function channelText({ inputType, keyPrefix, listening, pending }: Run["inputChannels"][number]): string {
  const name = keyPrefix ? `${inputType} under ${keyPrefix}` : inputType;
  return `${name}: ${pending} pending, ${listening ? "listening" : "not listening"}`;
}
