import { DeleteInputDocument } from "../../gql/graphql.ts";
import { deleteEach } from "../delete-each.ts";
import { request } from "../request.ts";
import type { Format } from "../text/print.ts";

/** `antiphon input delete` */
export function remove(ids: string[], options: { output?: Format }): Promise<void> {
  return deleteEach(
    ids,
    options,
    async (id) => (await request(DeleteInputDocument, { id })).deleteRunInput,
    (id) => `${id} stays: there is no such input, or an open wait is about it`,
  );
}
