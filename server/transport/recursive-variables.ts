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
 * Whether a variable's type may contain itself, as triggers contain triggers. graphql-jit writes out the code of such a type at every
 * level without end.
 */
export function hasRecursiveVariable(schema: GraphQLSchema, document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.VARIABLE_DEFINITION](definition) {
      const type = getNamedType(typeFromAST(schema, definition.type));
      if (isInputObjectType(type)) found ||= meetsAgain(type, new Set());
      return false;
    },
  });
  return found;
}

function meetsAgain(type: GraphQLInputObjectType, above: ReadonlySet<GraphQLInputObjectType>): boolean {
  if (above.has(type)) return true;
  const here = new Set(above).add(type);
  return Object.values(type.getFields()).some((field) => {
    const inner = getNamedType(field.type);
    return isInputObjectType(inner) && meetsAgain(inner, here);
  });
}
