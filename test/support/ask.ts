import { graphql } from "graphql";
import type { Context } from "../../server/context.ts";
import { schema } from "../../server/graphql/schema.ts";

/** What an operation answered, as a client gets it. */
export interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Runs an operation without a transport. */
export async function ask(
  ctx: Context,
  source: string,
  variableValues: Record<string, unknown> = {},
): Promise<Answer> {
  const result = await graphql({ schema, source, variableValues, contextValue: { ...ctx } });
  return JSON.parse(JSON.stringify(result)) as Answer;
}

/** What lies at a path such as `flowRuns.nodes.0.id` of an answer; throws with its errors where it has some. */
export function at(answer: Answer, path: string): unknown {
  if (answer.errors) throw new Error(answer.errors.map(({ message }) => message).join("; "));
  let value: unknown = answer.data;
  for (const step of path.split(".")) value = (value as Record<string, unknown> | null | undefined)?.[step];
  return value;
}
