import { randomUUID } from "node:crypto";
import { EmitEventDocument } from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { readJson } from "../read-json.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { labels, related } from "./labels.ts";

export interface EmitOptions {
  resourceId: string;
  label?: string[];
  related?: string[];
  payload?: string;
  id?: string;
  occurred?: string;
  follows?: string;
  output?: Format;
}

/** `antiphon event emit` */
export async function emit(name: string, options: EmitOptions): Promise<void> {
  const id = options.id ?? randomUUID();
  const { emitEvent } = await request(EmitEventDocument, {
    event: {
      id,
      event: name,
      resource: { ...furtherLabels(options.label ?? []), "prefect.resource.id": options.resourceId },
      related: (options.related ?? []).map(related),
      payload:
        options.payload === undefined
          ? undefined
          : await readJson("--payload", options.payload, `--payload '{"total": 12}'`),
      occurred: options.occurred === undefined ? undefined : time(options.occurred),
      follows: options.follows,
    },
  });
  if (emitEvent.__typename !== "Event")
    throw new Failure(refusalText(`event ${JSON.stringify(name)}`, emitEvent));
  if (options.output) process.stdout.write(documentText({ id: emitEvent.id }, options.output));
  else console.log(`Emitted ${plain(name)} of ${plain(options.resourceId)}, event ${emitEvent.id}.`);
}

function furtherLabels(given: readonly string[]): Record<string, string> {
  const found = labels("--label", given);
  if (Object.hasOwn(found, "prefect.resource.id"))
    throw new UsageError("--label prefect.resource.id=… is no further label: give it as --resource-id");
  return found;
}

function time(given: string): string {
  const at = new Date(given);
  if (!Number.isNaN(at.getTime())) return at.toISOString();
  throw new UsageError(`--occurred ${JSON.stringify(given)} is no time: give one as in 2026-11-21T09:30:00Z`);
}
