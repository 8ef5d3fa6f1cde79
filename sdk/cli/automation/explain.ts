import { placeText } from "../../automation/issue-line.ts";
import { ExplainDocument } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { withProgress } from "../progress.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { styled } from "../text/style.ts";
import { find } from "./find.ts";
import { known } from "./known.ts";

/** `antiphon automation explain` */
export async function explain(
  given: string | undefined,
  options: { id?: string; event: string; output?: Format },
): Promise<void> {
  const { id, name } = known(await find(given, options));
  const work = request(ExplainDocument, { automationId: id, eventId: options.event }, { timeout: 90_000 });
  const { explain: result } = await withProgress(`Judging the log for ${name} …`, work);
  if (result.__typename !== "Explanation") throw new Failure(refusalText(name, result));
  const { __typename, ...explanation } = result;
  if (options.output) return void process.stdout.write(documentText(explanation, options.output));
  for (const { path, holds, expected, actual } of explanation.conditions) {
    const mark = holds ? styled("green", "yes") : styled("red", "no ");
    console.log(
      `${mark}  ${plain(placeText(path))}: ${plain(expected)}${holds ? "" : `; it was ${plain(actual)}`}`,
    );
  }
  console.log(`\n${plain(explanation.verdict)}`);
  if (explanation.firing)
    console.log(`Firing ${explanation.firing.id}: antiphon firing inspect ${explanation.firing.id}`);
}
