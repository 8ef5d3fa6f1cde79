import { DeleteInputDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";

/** `antiphon input delete` */
export async function remove(ids: string[]): Promise<void> {
  for (const id of ids) {
    const { deleteRunInput } = await request(DeleteInputDocument, { id });
    if (deleteRunInput.length > 0) console.log(`Deleted ${id}.`);
    else {
      console.error(`antiphon: ${plain(id)} stays: there is no such input, or an open wait is about it`);
      process.exitCode = 1;
    }
  }
}
