import { TestBlockDocument } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { findBlock } from "./find-block.ts";

/** `antiphon block test` */
export async function test(given: string, { output }: { output?: Format }): Promise<void> {
  const { id } = await findBlock(given);
  const { testBlock } = await request(TestBlockDocument, { id });
  if (testBlock.__typename !== "BlockTest") throw new Failure(refusalText(given, testBlock));
  const { __typename, ...outcome } = testBlock;
  if (output) process.stdout.write(documentText(outcome, output));
  else for (const line of outcome.log) console.log(plain(line));
  if (!outcome.ok) throw new Failure(`${given} was not taken: ${outcome.reason}`);
  if (!output) console.log(`${plain(given)} was taken.`);
}
