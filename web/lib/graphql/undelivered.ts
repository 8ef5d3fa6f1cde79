import type { CombinedError } from "urql";
import type { Undelivered } from "../../form/undelivered.ts";

/**
 * What to say where a request has no result.
 *
 * @param again what sending it again does, said where the server may not have received it
 */
export function undelivered(error: CombinedError | undefined, again: string): Undelivered {
  if (error === undefined || error.networkError !== undefined)
    return { heading: "The server could not be reached", message: again };
  return { heading: "The server did not take it", message: error.graphQLErrors[0]?.message ?? error.message };
}
