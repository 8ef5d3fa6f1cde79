import { randomUUID } from "node:crypto";
import {
  type AutomationPartsFragment,
  CreateAutomationDocument,
  CreateAutomationsDocument,
} from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { documentText, type Format } from "../text/print.ts";
import { type Outcome, placed, say } from "./apply.ts";
import { Names } from "./named.ts";
import type { Written } from "./read-files.ts";
import { type WrittenInput, writtenInput } from "./written-input.ts";

/** `antiphon automation create`: goes on behind one that is refused, unless all are to be created or none. */
export async function create(options: WrittenInput & { atomic?: boolean; output?: Format }): Promise<void> {
  const all = await writtenInput(options);
  const outcomes = options.atomic ? await together(all) : await oneByOne(all);
  if (options.output) process.stdout.write(documentText(outcomes, options.output));
  else for (const outcome of outcomes) say(outcome, false);
  if (outcomes.some(({ outcome }) => outcome === "refused")) process.exitCode = 1;
}

async function oneByOne(all: readonly Written[]): Promise<Outcome[]> {
  const names = new Names();
  const outcomes: Outcome[] = [];
  for (const one of all) {
    const found = await names.resolve(one);
    outcomes.push("refused" in found ? found.refused : await alone(found.written));
  }
  return outcomes;
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
  const names = new Names();
  const resolved = await Promise.all(all.map((written) => names.resolve(written)));
  if (resolved.some((found) => "refused" in found))
    return resolved.map((found) => ("refused" in found ? found.refused : notCreated(found.written)));
  const documents = resolved.map((found) => ("written" in found ? found.written.document : null));
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
    if (own.length === 0) return notCreated(written);
    return { name: written.name, outcome: "refused", id: null, issues: placed(written, own) };
  });
}

function notCreated(written: Written): Outcome {
  const why = { path: [], message: "not created, since another one is refused" };
  return { name: written.name, outcome: "refused", id: null, issues: placed(written, [why]) };
}

function created(written: Written, { id, warnings }: AutomationPartsFragment): Outcome {
  return { name: written.name, outcome: "created", id, issues: placed(written, warnings) };
}
