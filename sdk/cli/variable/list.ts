import { ListVariablesDocument, type VariablePartsFragment } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { cut } from "../text/plain.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { type Column, rowsText } from "../text/table.ts";
import { timeText } from "../text/time.ts";
import { forPrograms, secretMark } from "./shown.ts";

/** `antiphon variable ls` */
export async function list({ output }: { output?: Format }): Promise<void> {
  const { variables } = await request(ListVariablesDocument, {});
  if (output) process.stdout.write(documentText(variables.map(forPrograms), output));
  else if (variables.length === 0)
    console.log("There are no variables yet: `antiphon variable set NAME VALUE` makes one.");
  else console.log(rowsText(columns, variables, terminalWidth()));
}

const columns: readonly Column<VariablePartsFragment>[] = [
  { title: "NAME", of: ({ name }) => name },
  { title: "VALUE", of: ({ value, secret }) => (secret ? secretMark : cut(JSON.stringify(value), 60)) },
  { title: "SET", of: ({ updatedAt }) => timeText(updatedAt) },
];
