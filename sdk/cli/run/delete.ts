import { DeleteRunDocument, type RunRowFragment } from "../../gql/graphql.ts";
import { confirmed } from "../confirmed.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { findRun } from "./find-run.ts";

/** `antiphon run delete`: asks first where somebody is there to answer. All are found before the first is deleted. */
export async function remove(runs: string[], options: { yes?: boolean; output?: Format }): Promise<void> {
  const found: RunRowFragment[] = [];
  for (const given of runs) found.push(await findRun(given));
  const names = found.map(({ id, name }) => `${plain(name)} (${id})`);
  if (!(await confirmed(`Delete ${names.join(", ")} with all logs and inputs?`, options))) return;
  for (const { id, name } of found) {
    const { deleteFlowRun } = await request(DeleteRunDocument, { id });
    if (deleteFlowRun.length === 0)
      throw new Failure(`${name} (${id}) was deleted by somebody else meanwhile`);
    if (!options.output) console.log(`Deleted ${plain(name)} (${id}).`);
  }
  if (options.output)
    process.stdout.write(
      documentText(
        found.map(({ id, name }) => ({ id, name })),
        options.output,
      ),
    );
}
