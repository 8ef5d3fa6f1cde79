import { FindAutomationDocument, type ShownAutomationFragment } from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { request } from "../request.ts";

/** The automation that a command names: by NAME, the ownerless one, else the only one of that name; or by --id. */
export async function find(
  name: string | undefined,
  { id }: { id?: string },
): Promise<ShownAutomationFragment> {
  if (name !== undefined && id !== undefined)
    throw new UsageError(`give the name ${JSON.stringify(name)} or --id ${id}, not both`);
  const by = name ?? id;
  if (by === undefined)
    throw new UsageError("name the automation, or give its --id: `antiphon automation ls` shows both");
  const { automation } = await request(FindAutomationDocument, { name: name ?? null, id: id ?? null });
  if (automation) return automation;
  const what = name === undefined ? `the id ${JSON.stringify(by)}` : `the name ${JSON.stringify(by)}`;
  throw new Failure(`there is no automation of ${what}: \`antiphon automation ls\` lists all`);
}
