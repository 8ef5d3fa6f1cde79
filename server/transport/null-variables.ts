import {
  BREAK,
  type DocumentNode,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

/**
 * Whether a variable that may be null stands where null is refused, which is allowed where one of the two has a default, as in
 * `$n: Int = 5`. Compiled operations let its null through.
 */
export function hasNullVariable(schema: GraphQLSchema, document: DocumentNode): boolean {
  const nullable = new Set<string>();
  visit(document, {
    VariableDefinition({ variable, type }) {
      if (type.kind !== Kind.NON_NULL_TYPE) nullable.add(variable.name.value);
      return false;
    },
  });
  if (nullable.size === 0) return false;
  const types = new TypeInfo(schema);
  let found = false;
  const look = {
    VariableDefinition: () => false as const,
    Variable({ name }: { name: { value: string } }) {
      // Of two operations in a document either may have declared it so: to interpret one too many does no harm.
      found ||= nullable.has(name.value) && isNonNullType(types.getInputType());
      return found ? BREAK : undefined;
    },
  };
  visit(document, visitWithTypeInfo(types, look));
  return found;
}
