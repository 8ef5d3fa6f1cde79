import {
  BREAK,
  type DocumentNode,
  type GraphQLSchema,
  getNullableType,
  isScalarType,
  type ListValueNode,
  type ObjectValueNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

/**
 * Whether a variable stands inside a value that is written in the document for a scalar, such as `{ a: $x }` for a JSON.
 * Compiled operations read such values before there are variables, and would take null for it.
 */
export function hasVariableInLiteral(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let found = false;
  const look = (node: ObjectValueNode | ListValueNode) => {
    if (!isScalarType(getNullableType(types.getInputType()))) return undefined;
    found ||= holdsVariable(node);
    return found ? BREAK : false;
  };
  visit(document, visitWithTypeInfo(types, { ObjectValue: look, ListValue: look }));
  return found;
}

function holdsVariable(node: ObjectValueNode | ListValueNode): boolean {
  let found = false;
  visit(node, {
    Variable() {
      found = true;
      return BREAK;
    },
  });
  return found;
}
