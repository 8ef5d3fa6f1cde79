import {
  type DocumentNode,
  type FieldNode,
  type FormattedExecutionResult,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import type { Actor, Context } from "../context.ts";
import type { LiveExtension } from "./field.ts";
import type { LiveSource } from "./source.ts";

/** What a client asked for. The document has passed validation. */
export interface LiveRequest {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null | undefined;
  variableValues?: Record<string, unknown> | null | undefined;
  actor: Actor;
}

/** What the transports lend to live operations. */
export interface LiveRuntime {
  newContext(actor: Actor): Context;
  /** Executes a subscription's selection for one row; errors that are not for clients are masked already. */
  execute(
    request: LiveRequest,
    row: unknown,
    ctx: Context,
  ): FormattedExecutionResult | Promise<FormattedExecutionResult>;
}

/** A subscription to a live field, ready to be opened. */
export interface LiveOperation {
  /** Operations with equal keys get equal messages behind equal positions. */
  key: string;
  /** Operations that have this equal as well begin with the same messages. */
  openKey: string;
  newSource(): Promise<LiveSource<unknown>>;
  /** A row's result as JSON text. */
  render(row: unknown): Promise<string>;
}

/**
 * Finds the live field of a subscription.
 *
 * @returns undefined if its field is not a live one
 * @throws GraphQLError[] if the variables do not have their types
 */
export function prepareOperation(request: LiveRequest, runtime: LiveRuntime): LiveOperation | undefined {
  const operation = getOperationAST(request.document, request.operationName);
  const type = request.schema.getSubscriptionType();
  if (operation?.operation !== "subscription" || !type) return undefined;
  const node = rootField(request.document, operation.selectionSet);
  const field = node && type.getFields()[node.name.value];
  const extension = field?.extensions as Partial<LiveExtension> | undefined; // of any plugin; ours is asked for below
  const live = extension?.live;
  if (node === undefined || field === undefined || live === undefined) return undefined;

  const given = request.variableValues ?? {};
  const variables = getVariableValues(request.schema, operation.variableDefinitions ?? [], given);
  if (variables.errors) throw variables.errors;
  const args = getArgumentValues(field, node, variables.coerced);
  const cursor = cursorVariable(request.document, operation, node);
  const shared = cursor === undefined ? given : { ...given, [cursor]: undefined };
  const { name } = operation;
  const text = request.document.loc?.source.body;
  if (text === undefined) throw new GraphQLError("The document has no source text.");
  const key = canonical([text, name?.value, request.actor, shared]);
  return {
    key,
    openKey: cursor === undefined ? key : `${key} ${canonical(given[cursor])}`,
    newSource: async () => live(args, runtime.newContext(request.actor)),
    render: async (row) =>
      JSON.stringify(await runtime.execute(request, row, runtime.newContext(request.actor))),
  };
}

/** A subscription has one field at its root, directly or in fragments. */
function rootField(document: DocumentNode, { selections }: SelectionSetNode): FieldNode | undefined {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) return selection;
    const within =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragment(document, selection.name.value);
    const found = within && rootField(document, within.selectionSet);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fragment(document: DocumentNode, name: string): FragmentDefinitionNode | undefined {
  return document.definitions.find(
    (definition): definition is FragmentDefinitionNode =>
      definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  );
}

/** The variable that is the field's `after` and nothing else; subscribers may differ in it and yet share a stream. */
function cursorVariable(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  field: FieldNode,
): string | undefined {
  const after = field.arguments?.find(({ name }) => name.value === "after")?.value;
  if (after?.kind !== Kind.VARIABLE) return undefined;
  const name = after.name.value;
  let uses = 0;
  visit(document, {
    Variable: (node) => {
      if (node.name.value === name) uses++;
    },
  });
  const definitions = operation.variableDefinitions?.filter(({ variable }) => variable.name.value === name);
  return uses - (definitions?.length ?? 0) === 1 ? name : undefined;
}

/** JSON whose objects have their properties in one order, so that equal values have equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    const entries = Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries);
  });
}
