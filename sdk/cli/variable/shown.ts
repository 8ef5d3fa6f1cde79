import type { VariablePartsFragment } from "../../gql/graphql.ts";

/** What stands for a secret value where people read. */
export const secretMark = "******** (secret)";

/** A variable for programs: a secret one has no value there. */
export function forPrograms({
  value,
  ...variable
}: VariablePartsFragment): Omit<VariablePartsFragment, "value"> & { value?: unknown } {
  const { name, ...rest } = variable;
  return variable.secret ? variable : { name, value, ...rest };
}
