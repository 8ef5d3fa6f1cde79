import { RetryActionRunDocument } from "../../gql/graphql.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";

/** `antiphon action-run retry` */
export async function retry(ids: string[], { output }: { output?: Format }): Promise<void> {
  const outcomes: object[] = [];
  for (const id of ids) {
    const { retryActionRun: result } = await request(RetryActionRunDocument, { id });
    if (result.__typename === "ActionRun") {
      const { __typename, ...run } = result;
      outcomes.push(run);
      if (!output) console.log(`${plain(run.action.type)} ${id} is tried again.`);
    } else {
      outcomes.push({ id, refused: result.message });
      console.error(`antiphon: ${refusalText(id, result)}`);
      process.exitCode = 1;
    }
  }
  if (output) process.stdout.write(documentText(outcomes, output));
}
