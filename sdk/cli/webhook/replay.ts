import { ReplayWebhookDeliveryDocument } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";

/** `antiphon webhook replay`: exits with 1 where the request fails again. */
export async function replay(id: string, { output }: { output?: Format }): Promise<void> {
  const { replayWebhookDelivery: result } = await request(ReplayWebhookDeliveryDocument, { id });
  if (result.__typename !== "WebhookDelivery") throw new Failure(refusalText(`the delivery ${id}`, result));
  const { __typename, ...delivery } = result;
  if (output) process.stdout.write(documentText(delivery, output));
  else if (delivery.error) console.log(`It failed: ${plain(delivery.error)}`);
  else console.log(`It was taken: ${delivery.eventIds.map((event) => `event ${event}`).join(", ")}.`);
  if (delivery.error) process.exitCode = 1;
}
