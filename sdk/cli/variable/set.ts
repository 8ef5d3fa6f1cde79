import { SetVariableDocument } from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { readJson } from "../read-json.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";

/** `antiphon variable set` */
export async function set(
  name: string,
  given: string | undefined,
  options: { text?: string; output?: Format },
): Promise<void> {
  const value = await typedValue(given, options.text);
  const { setVariable } = await request(SetVariableDocument, { name, value });
  if (setVariable.__typename !== "Variable")
    throw new Failure(refusalText(`the variable ${JSON.stringify(name)}`, setVariable));
  const { __typename, ...variable } = setVariable;
  if (options.output) process.stdout.write(documentText(variable, options.output));
  else console.log(`${plain(name)} is ${plain(JSON.stringify(variable.value))}.`);
}

async function typedValue(given: string | undefined, text: string | undefined): Promise<unknown> {
  if (text !== undefined && given === undefined) return text;
  if (text !== undefined || given === undefined)
    throw new UsageError("give the value, or a text with --text, one of the two");
  if (given === "-" || given.startsWith("@")) return readJson("the value", given, `'{"name": "Ada"}'`);
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}
