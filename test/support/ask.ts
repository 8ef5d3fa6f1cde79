import { parse, validate } from "graphql";
import type { Context } from "../../server/context.ts";
import { schema } from "../../server/graphql/schema.ts";
import { Compiler } from "../../server/transport/compile.ts";

/** What an operation answered, as a client gets it. */
export interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

const compiler = new Compiler(schema);

/** Runs an operation as a server does, without a transport. */
export async function ask(
  ctx: Context,
  source: string,
  variables: Record<string, unknown> = {},
): Promise<Answer> {
  const document = parse(source);
  const errors = validate(schema, document);
  const result =
    errors.length > 0 ? { errors } : await compiler.get(document, null)({}, { ...ctx }, variables);
  return JSON.parse(JSON.stringify(result)) as Answer;
}

/** What lies at a path such as `flowRuns.nodes.0.id` of an answer; throws with its errors where it has some. */
export function at(answer: Answer, path: string): unknown {
  if (answer.errors) throw new Error(answer.errors.map(({ message }) => message).join("; "));
  let value: unknown = answer.data;
  for (const step of path.split(".")) value = (value as Record<string, unknown> | null | undefined)?.[step];
  return value;
}
