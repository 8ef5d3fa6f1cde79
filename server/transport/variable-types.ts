import {
  type DocumentNode,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  Kind,
  typeFromAST,
  visit,
} from "graphql";

/**
 * Whether there is a variable of a type that graphql-jit cannot read: one that may contain itself, as triggers contain triggers, whose
 * code it writes out at every level without end; or one with exactly one of its fields, which it does not check.
 */
export function hasUnreadableVariable(schema: GraphQLSchema, document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.VARIABLE_DEFINITION](definition) {
      const type = getNamedType(typeFromAST(schema, definition.type));
      if (isInputObjectType(type)) found ||= isUnreadable(type, new Set());
      return false;
    },
  });
  return found;
}

function isUnreadable(type: GraphQLInputObjectType, above: ReadonlySet<GraphQLInputObjectType>): boolean {
  if (type.isOneOf || above.has(type)) return true;
  const here = new Set(above).add(type);
  return Object.values(type.getFields()).some((field) => {
    const inner = getNamedType(field.type);
    return isInputObjectType(inner) && isUnreadable(inner, here);
  });
}
