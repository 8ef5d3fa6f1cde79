import { InspectFiringDocument, type InspectFiringQuery } from "../../gql/graphql.ts";
import { actionRunColumns } from "../action-run/columns.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";
import { factsText } from "../text/facts.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { rowsText } from "../text/table.ts";
import { timeText } from "../text/time.ts";
import { because } from "./list.ts";

/** `antiphon firing inspect` */
export async function inspect(id: string, { output }: { output?: Format }): Promise<void> {
  const { firing } = await request(InspectFiringDocument, { id });
  if (!firing)
    throw new Failure(
      `there is no firing ${JSON.stringify(id)}, or it is no longer kept: \`antiphon firing ls\` lists all`,
    );
  if (output) return void process.stdout.write(documentText(firing, output));
  console.log(factsText(factsOf(firing)));
  if (firing.actionRuns.length > 0)
    console.log(`\n${rowsText(actionRunColumns, firing.actionRuns, terminalWidth())}`);
}

function factsOf(firing: NonNullable<InspectFiringQuery["firing"]>): [string, string | null][] {
  const { automation, countedEvents, memberFirings, metricValue } = firing;
  return [
    ["Firing", firing.id],
    ["Automation", `${automation.name} ${automation.id}`],
    ["State", firing.state.toLowerCase()],
    ["Fired", timeText(firing.firedAt)],
    ["Event time", timeText(firing.triggered)],
    ["Because of", because(firing) + (firing.triggeringEvent ? ` (${firing.triggeringEvent.id})` : "")],
    ["Figure", metricValue === null ? null : String(metricValue)],
    ["Counted", countedEvents.map(({ event, id }) => `${event} ${id}`).join("\n") || null],
    ["Members", memberFirings.map((one) => `${timeText(one.triggered)} ${one.triggerId}`).join("\n") || null],
  ];
}
