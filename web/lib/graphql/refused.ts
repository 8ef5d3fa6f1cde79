import type { CombinedError } from "urql";

interface Refusal {
  message: string;
  issues?: readonly { message: string }[];
}

/** Why something was not done that was asked for, in a sentence. */
export function refusedText(result: Refusal | undefined, error: CombinedError | undefined): string {
  if (result !== undefined) {
    const issues = result.issues?.map(({ message }) => message) ?? [];
    return issues.length > 0 ? issues.join("; ") : result.message;
  }
  if (error === undefined || error.networkError !== undefined)
    return "The server could not be reached. Try again when this page is live.";
  return error.graphQLErrors[0]?.message ?? error.message;
}
