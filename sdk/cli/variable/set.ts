import { SetVariableDocument } from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { readJson } from "../read-json.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { readSecret } from "./read-secret.ts";
import { forPrograms } from "./shown.ts";

/** `antiphon variable set` */
export async function set(
  name: string,
  given: string | undefined,
  options: { text?: string; secret?: boolean; output?: Format },
): Promise<void> {
  const { secret, output } = options;
  const value = await typedValue(name, given, options);
  const { setVariable } = await request(SetVariableDocument, {
    name,
    ...(value !== undefined && { value }),
    ...(secret !== undefined && { secret }),
  });
  if (setVariable.__typename !== "Variable")
    throw new Failure(refusalText(`the variable ${JSON.stringify(name)}`, setVariable));
  const { __typename, ...variable } = setVariable;
  if (output) process.stdout.write(documentText(forPrograms(variable), output));
  else if (variable.secret) console.log(`${plain(name)} is set, and secret.`);
  else console.log(`${plain(name)} is ${plain(JSON.stringify(variable.value))}.`);
}

/** Undefined where a secret is to stay as it is. */
async function typedValue(
  name: string,
  given: string | undefined,
  { text, secret }: { text?: string; secret?: boolean },
): Promise<unknown> {
  if (text !== undefined && given === undefined) return text;
  if (text === undefined && given === undefined && secret) return undefined;
  if (text !== undefined || given === undefined)
    throw new UsageError("give the value, or a text with --text, one of the two");
  if (given === "-" && secret) return readSecret(name);
  if (given === "-" || given.startsWith("@")) return readJson("the value", given, `'{"name": "Ada"}'`);
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}
