import { issueLine } from "../automation/issue-line.ts";

/** A member of a result that stands for a refusal. */
export type Refused =
  | {
      __typename: "InvalidInputError";
      message: string;
      issues: ReadonlyArray<{ path: string[]; message: string }>;
    }
  | {
      __typename:
        | "NotFoundError"
        | "AlreadyExistsError"
        | "StateConflictError"
        | "StaleExecutionError"
        | "ActionNotFailedError";
      message: string;
    };

/** Why something was refused: one line where there is one reason, else a line for each. */
export function refusalText(what: string, refusal: Refused): string {
  if (refusal.__typename !== "InvalidInputError") return refusal.message;
  const lines = refusal.issues.map(issueLine);
  return lines.length === 1
    ? `${what}: ${lines[0]}`
    : `${what} has ${lines.length} problems:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
