import { DeleteVariableDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";

/** `antiphon variable delete` */
export async function remove(names: string[]): Promise<void> {
  for (const name of names) {
    const { deleteVariable } = await request(DeleteVariableDocument, { name });
    if (deleteVariable.length > 0) console.log(`Deleted ${plain(name)}.`);
    else {
      console.error(`antiphon: there is no variable ${JSON.stringify(name)}`);
      process.exitCode = 1;
    }
  }
}
