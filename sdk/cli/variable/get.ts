import { ReadVariableDocument } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";
import { documentText, type Format } from "../text/print.ts";
import { forPrograms, secretMark } from "./shown.ts";

/** `antiphon variable get` */
export async function get(name: string, { output }: { output?: Format }): Promise<void> {
  const { variable } = await request(ReadVariableDocument, { name });
  if (!variable)
    throw new Failure(`there is no variable ${JSON.stringify(name)}: \`antiphon variable ls\` lists all`);
  if (output) process.stdout.write(documentText(forPrograms(variable), output));
  else if (variable.secret) console.log(secretMark);
  else if (typeof variable.value === "string") console.log(variable.value);
  else process.stdout.write(documentText(variable.value, "json"));
}
