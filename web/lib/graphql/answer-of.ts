import type { CombinedError } from "urql";
import type { Issue } from "../../../core/error.ts";
import type { Undelivered } from "../../form/undelivered.ts";
import { undelivered } from "./undelivered.ts";

interface Result {
  __typename: string;
  message?: string;
  issues?: readonly Issue[];
}

/**
 * What a form is told of a mutation: nothing where it was done, else what is wrong, at the fields of the argument of this name.
 *
 * @param result null or undefined where there was none
 * @param success the name of the result's type where it was done
 */
export function answerOf(
  result: Result | null | undefined,
  error: CombinedError | undefined,
  { success, argument }: { success: string; argument: string },
): readonly Issue[] | Undelivered {
  if (result === null || result === undefined)
    return undelivered(error, "It is not known whether it was done: look, then send it again.");
  if (result.__typename === success) return [];
  if (result.issues !== undefined && result.issues.length > 0)
    return result.issues.map(({ path, message }) => ({
      path: path[0] === argument ? path.slice(1) : path,
      message,
    }));
  return { heading: "It was refused", message: result.message ?? "The server does not say why." };
}
