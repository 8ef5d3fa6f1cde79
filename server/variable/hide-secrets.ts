import { InvalidInputError, type Issue } from "../../core/error.ts";

/** The members of an object in which secrets were filled in; `all` where they may be in any. */
export type SecretMembers = ReadonlySet<string> | "all";

/**
 * @param places where secrets were filled in
 * @param whole whether the object itself was a placeholder, so that places in it say nothing of its members
 */
export function secretMembers(places: readonly (readonly string[])[], whole: boolean): SecretMembers {
  if (whole) return places.length > 0 ? "all" : new Set();
  return new Set(places.flatMap(([member]) => (member === undefined ? [] : [member])));
}

/** Refusals quote what they refuse; of what holds a secret they say only where it is. Any other error stays as it is. */
export function hideSecrets(error: unknown, root: string, members: SecretMembers): unknown {
  if (!(error instanceof InvalidInputError) || (members !== "all" && members.size === 0)) return error;
  return new InvalidInputError(error.issues.map((issue) => hidden(issue, root, members)));
}

function hidden(issue: Issue, root: string, members: SecretMembers): Issue {
  const [first, member] = issue.path;
  if (first !== root) return issue;
  if (member !== undefined && members !== "all" && !members.has(member) && !names(issue, members))
    return issue;
  return {
    path: member === undefined || members === "all" ? [root] : [root, member],
    message: "does not satisfy the schema; it is not shown, as it holds the value of a secret variable",
  };
}

/** Where members are compared, the refusal of one may quote the other, with its name. */
function names({ message }: Issue, members: ReadonlySet<string>): boolean {
  return [...members].some((member) => message.includes(JSON.stringify(member)));
}
