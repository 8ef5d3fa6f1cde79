import { randomUUID } from "node:crypto";
import type { FormValue } from "../../../core/form/value.ts";
import type { Json } from "../../../core/json.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { ReadAskingDocument, type ReadAskingQuery, ResumeFlowRunDocument } from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { canAsk } from "../prompt/questions.ts";
import { readJson } from "../read-json.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { findRun } from "../run/find-run.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { askPerson } from "./ask-person.ts";
import { typedAnswer } from "./typed-answer.ts";

interface ResumeOptions {
  input?: string[];
  inputJson?: string;
  key?: string;
  output?: Format;
}

type Asking = NonNullable<ReadAskingQuery["flowRun"]>;
/** An asking with its question. */
export type Question = NonNullable<NonNullable<Asking["pause"]>["input"]> & { schema: JsonSchema };

/** What became of an answer: refused with the reasons, or taken. */
export type Sent = { ok: true } | { ok: false; issues: { path: string[]; message: string }[]; text: string };

/** `antiphon resume` */
export async function resume(given: string, options: ResumeOptions): Promise<void> {
  const { id } = await findRun(given);
  const { flowRun: run } = await request(ReadAskingDocument, { id });
  if (!run) throw new Failure(`the run ${given} was deleted meanwhile`);
  if (!run.pause) throw new Failure(`${run.name} (${id}) waits for nothing: it is ${run.state.name}`);
  const key = options.key ?? run.pause.key;
  const send = (input: FormValue | Json) => sendAnswer(run, key, input);
  const input = await answered(run, options, send);
  if (options.output) {
    const answer = input === undefined ? {} : { input };
    process.stdout.write(documentText({ id, name: run.name, key, ...answer }, options.output));
  } else console.log(`${plain(run.name)} goes on.`);
}

/** Has the answer sent, asked for again where a person is there. @returns it as it was taken */
async function answered(
  { name, pause }: Asking,
  { input, inputJson }: ResumeOptions,
  send: (input: FormValue | Json) => Promise<Sent>,
): Promise<unknown> {
  if (input && inputJson !== undefined)
    throw new UsageError("give the fields with --input, or the whole with --input-json, not both");
  // The schema is JSON Schema, as the server checked it when the question was asked.
  const question = (pause?.input ?? null) as Question | null;
  if (question === null && (input || inputJson !== undefined))
    throw new UsageError(`${name} asks for no input: leave --input out`);
  if (question !== null && !input && inputJson === undefined && canAsk())
    return askPerson(name, question, pause?.expiresAt ?? null, send);
  const answer =
    inputJson !== undefined
      ? ((await readJson("--input-json", inputJson, `--input-json '{"size": "M"}'`)) as Json) // what JSON.parse gives
      : question && typedAnswer(question.schema, input ?? []);
  const sent = await send(answer ?? undefined);
  if (!sent.ok) throw new Failure(sent.text);
  return answer ?? undefined;
}

async function sendAnswer({ id, name }: Asking, key: string, input: FormValue | Json): Promise<Sent> {
  const answer = input === undefined ? {} : { input };
  const variables = { flowRunId: id, key, ...answer, idempotencyKey: randomUUID() };
  const { resume: result } = await request(ResumeFlowRunDocument, variables);
  if (result.__typename === "FlowRun") return { ok: true };
  const text = refusalText(`the answer to ${name}`, result);
  if (result.__typename === "InvalidInputError") return { ok: false, issues: result.issues, text };
  throw new Failure(text);
}
