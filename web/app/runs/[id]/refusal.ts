import type { OperationResult } from "urql";

/** Why an operation on a run was not done; null where it was. */
export function refusalOf<Data>(
  { data, error }: Pick<OperationResult<Data>, "data" | "error">,
  pick: (data: Data) => { __typename: string; message?: string },
): string | null {
  if (error?.networkError !== undefined)
    return "The server could not be reached. Try again when this page is live.";
  if (data === undefined) return error?.message ?? "The server did not answer.";
  const { message } = pick(data);
  return message ?? null;
}
