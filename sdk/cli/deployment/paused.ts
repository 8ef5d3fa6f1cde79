import { SetDeploymentPausedDocument } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { findDeployment } from "./find.ts";

/** `antiphon deployment pause` and `antiphon deployment resume` */
export async function setPaused(
  given: string,
  { output }: { output?: Format },
  paused: boolean,
): Promise<void> {
  const { id, fullName, paused: before } = await findDeployment(given);
  const { setDeploymentPaused: result } = await request(SetDeploymentPausedDocument, { id, paused });
  if (result.__typename !== "Deployment") throw new Failure(result.message);
  if (output) {
    process.stdout.write(documentText({ id, fullName, paused: result.paused }, output));
    return;
  }
  const done = paused ? "is paused: it starts no runs until it is resumed" : "starts runs again";
  const already = paused ? "is paused already" : "is not paused";
  console.log(`${plain(fullName)} ${before === paused ? already : done}.`);
}
