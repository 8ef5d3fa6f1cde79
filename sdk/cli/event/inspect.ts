import { type EventPartsFragment, InspectEventDocument } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";
import { factsText } from "../text/facts.ts";
import { documentText, type Format } from "../text/print.ts";
import { timeText } from "../text/time.ts";

/** `antiphon event inspect` */
export async function inspect(id: string, { output }: { output?: Format }): Promise<void> {
  const { event } = await request(InspectEventDocument, { id });
  if (!event)
    throw new Failure(
      `there is no event ${JSON.stringify(id)}, or it is no longer kept: \`antiphon event ls\` lists the newest`,
    );
  process.stdout.write(output ? documentText(event, output) : `${factsText(factsOf(event))}\n`);
}

function factsOf({ event, id, ...more }: EventPartsFragment): [string, string | null][] {
  const { occurred, received, resource, related, payload, follows } = more;
  const isEmpty = JSON.stringify(payload) === "{}";
  return [
    ["Event", event],
    ["Id", id],
    ["Occurred", timeText(occurred)],
    ["Received", timeText(received)],
    ["Follows", follows],
    ["Resource", labelsText(resource)],
    ["Related", related.map(relatedText).join("\n") || null],
    ["Payload", isEmpty ? null : JSON.stringify(payload, null, 2)],
  ];
}

function relatedText({ "prefect.resource.role": role = "", ...labels }: Record<string, string>): string {
  return `${role}: ${labelsText(labels).replaceAll("\n", ", ")}`;
}

/** The id, and below it the other labels. */
function labelsText({ "prefect.resource.id": id = "", ...labels }: Record<string, string>): string {
  return [id, ...Object.entries(labels).map(([name, value]) => `${name}=${value}`)].join("\n");
}
