import { DeleteDeploymentDocument } from "../../gql/graphql.ts";
import { confirmed } from "../confirmed.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { findDeployment } from "./find.ts";

/** `antiphon deployment delete`: asks first where somebody is there to answer. */
export async function remove(given: string, options: { yes?: boolean }): Promise<void> {
  const { id, fullName } = await findDeployment(given);
  const name = `${plain(fullName)} (${id})`;
  const question = `Delete the deployment ${name} with its schedules, its triggers and its runs that have not begun?`;
  if (!(await confirmed(question, options))) return;
  const { deleteDeployment } = await request(DeleteDeploymentDocument, { id });
  if (deleteDeployment.length === 0) throw new Failure(`${name} was deleted by somebody else meanwhile`);
  console.log(`Deleted ${name}.`);
}
