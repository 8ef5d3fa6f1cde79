import { DeleteVariableDocument } from "../../gql/graphql.ts";
import { deleteEach } from "../delete-each.ts";
import { request } from "../request.ts";
import type { Format } from "../text/print.ts";

/** `antiphon variable delete` */
export function remove(names: string[], options: { output?: Format }): Promise<void> {
  return deleteEach(
    names,
    options,
    async (name) => (await request(DeleteVariableDocument, { name })).deleteVariable,
    (name) => `there is no variable ${JSON.stringify(name)}`,
  );
}
