import { FollowInputsDocument, type InputPartsFragment } from "../../gql/graphql.ts";
import { followUntil } from "../follow-until.ts";
import { findRun } from "../run/find-run.ts";
import { cut, plain } from "../text/plain.ts";
import { terminalWidth } from "../text/print.ts";
import { clockText } from "../text/time.ts";
import { type Narrowed, which } from "./list.ts";

/** `antiphon input follow` */
export async function follow(
  given: string,
  options: Narrowed & { after?: string; output?: "json" },
): Promise<void> {
  const { id } = await findRun(given);
  await followUntil(
    FollowInputsDocument,
    { id, after: options.after ?? null, ...which(options) },
    {
      goOn: ({ runInputs: { cursor } }) => ({ after: cursor }),
      next({ runInputs: input }) {
        console.log(options.output ? JSON.stringify(input) : lineText(input));
        return false;
      },
    },
  );
}

function lineText({
  createdAt,
  kind,
  inputType,
  keyPrefix,
  value,
  sender,
  submittedBy,
}: InputPartsFragment): string {
  const from = sender ?? submittedBy;
  const parts = [
    clockText(createdAt),
    kind.toLowerCase(),
    keyPrefix ?? inputType,
    JSON.stringify(value),
    from ? `from ${from}` : "",
  ];
  return cut(plain(parts.join("  ").trimEnd()), terminalWidth());
}
