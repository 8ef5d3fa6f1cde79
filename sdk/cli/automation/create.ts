import { randomUUID } from "node:crypto";
import {
  type AutomationPartsFragment,
  CreateAutomationDocument,
  CreateAutomationsDocument,
} from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { documentText, type Format } from "../text/print.ts";
import { type Outcome, placed, say } from "./apply.ts";
import type { Written } from "./read-files.ts";
import { type WrittenInput, writtenInput } from "./written-input.ts";

/** `antiphon automation create`: goes on behind one that is refused, unless all are to be created or none. */
export async function create(options: WrittenInput & { atomic?: boolean; output?: Format }): Promise<void> {
  const all = await writtenInput(options);
  const outcomes: Outcome[] = [];
  if (options.atomic) outcomes.push(...(await together(all)));
  else for (const written of all) outcomes.push(await alone(written));
  if (options.output) process.stdout.write(documentText(outcomes, options.output));
  else for (const outcome of outcomes) say(outcome, false);
  if (outcomes.some(({ outcome }) => outcome === "refused")) process.exitCode = 1;
}

async function alone(written: Written): Promise<Outcome> {
  const { document, name } = written;
  const { createAutomation: result } = await request(CreateAutomationDocument, {
    document,
    id: randomUUID(),
  });
  if (result.__typename === "Automation") return created(written, result);
  const issues =
    result.__typename === "InvalidInputError" ? placed(written, result.issues) : [result.message];
  return { name, outcome: "refused", id: null, issues };
}

async function together(all: readonly Written[]): Promise<Outcome[]> {
  const documents = all.map(({ document }) => document);
  const { createAutomations: result } = await request(CreateAutomationsDocument, { documents });
  if (result.__typename === "CreatedAutomations")
    return result.automations.flatMap((automation, at) => {
      const written = all[at];
      return written ? [created(written, automation)] : [];
    });
  return all.map((written, at) => {
    const own = result.issues
      .filter(({ path: [, index] }) => index === String(at))
      .map(({ path, message }) => ({ path: path.slice(2), message }));
    const other = { path: [], message: "not created, since another one is refused" };
    return {
      name: written.name,
      outcome: "refused",
      id: null,
      issues: placed(written, own.length > 0 ? own : [other]),
    };
  });
}

function created(written: Written, { id, warnings }: AutomationPartsFragment): Outcome {
  return { name: written.name, outcome: "created", id, issues: placed(written, warnings) };
}
