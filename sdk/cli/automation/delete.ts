import { DeleteAutomationDocument } from "../../gql/graphql.ts";
import { confirmed } from "../confirmed.ts";
import { Failure, UsageError } from "../failure.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { all } from "./all.ts";
import { find } from "./find.ts";
import { known } from "./known.ts";

interface DeleteOptions {
  id?: string;
  all?: boolean;
  yes?: boolean;
  output?: Format;
}

/** `antiphon automation delete`: asks first where somebody is there to answer. */
export async function remove(given: string | undefined, options: DeleteOptions): Promise<void> {
  if (options.all) return removeAll(given, options);
  const { id, name, owner } = known(await find(given, options));
  const whose = owner === null ? "" : `, which belongs to ${owner}`;
  if (!(await confirmed(`Delete the automation ${plain(name)} (${id})${plain(whose)}?`, options))) return;
  const { deleteAutomation } = await request(DeleteAutomationDocument, { id });
  if (deleteAutomation.length === 0)
    throw new Failure(`${name} (${id}) was deleted by somebody else meanwhile`);
  if (options.output) process.stdout.write(documentText([{ id, name }], options.output));
  else console.log(`Deleted ${plain(name)} (${id}).`);
}

async function removeAll(given: string | undefined, options: DeleteOptions): Promise<void> {
  if (given !== undefined || options.id !== undefined)
    throw new UsageError("--all deletes all automations: give no name and no --id with it");
  const found = (await all()).map(known);
  if (found.length === 0 && !options.output) return console.log("There are no automations.");
  if (!(await confirmed(`Delete all ${found.length} automations?`, options))) return;
  for (const { id, name } of found) {
    await request(DeleteAutomationDocument, { id });
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
