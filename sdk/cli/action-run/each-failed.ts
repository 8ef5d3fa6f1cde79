import type { DiscardActionRunMutation, RetryActionRunMutation } from "../../gql/graphql.ts";
import { refusalText } from "../refusal-text.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";

type Result = RetryActionRunMutation["retryActionRun"] | DiscardActionRunMutation["discardActionRun"];

/** Does something with each of these action runs, and tells what came of it; one that is refused leaves the others alone. */
export async function eachFailed(
  ids: readonly string[],
  { output }: { output?: Format },
  act: { on: (id: string) => Promise<Result>; done: string },
): Promise<void> {
  const outcomes: object[] = [];
  for (const id of ids) {
    const result = await act.on(id);
    if (result.__typename === "ActionRun") {
      const { __typename, ...run } = result;
      outcomes.push(run);
      if (!output) console.log(`${plain(run.action.type)} ${id} is ${act.done}.`);
    } else {
      outcomes.push({ id, refused: result.message });
      console.error(`antiphon: ${refusalText(id, result)}`);
      process.exitCode = 1;
    }
  }
  if (output) process.stdout.write(documentText(outcomes, output));
}
