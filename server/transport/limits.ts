import {
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type ParseOptions,
  parse,
  type SelectionSetNode,
  type Source,
  type ValidationContext,
  type ValidationRule,
} from "graphql";

/** Words and signs of a document. */
const maxTokens = 20_000;
/** Fields of an operation with its fragments put in, so also its aliases. */
const maxFields = 2_000;
/** Objects and lists inside each other in variables. */
const maxNesting = 128;

/** Parses a document; one that is too long or too deeply nested to be read is refused like one with a mistake. */
export function parseDocument(source: string | Source, options?: ParseOptions): DocumentNode {
  try {
    return parse(source, { ...options, maxTokens });
  } catch (error) {
    if (error instanceof RangeError) throw tooComplex("The document is nested too deeply to be read.");
    throw error;
  }
}

/**
 * Refuses operations whose fields are more than `maxDepth` levels deep, or more than 2,000 in number with all
 * fragments put in. Introspection counts like everything else.
 */
export function limitComplexity(maxDepth: number): ValidationRule {
  return function ComplexityLimit(context: ValidationContext): ASTVisitor {
    const measure = measurer(context);
    return {
      OperationDefinition(node: OperationDefinitionNode) {
        const { depth, fields } = measure(node.selectionSet);
        if (depth > maxDepth)
          context.reportError(
            tooComplex(`The operation is ${depth} fields deep, and at most ${maxDepth} are allowed.`, node),
          );
        if (fields > maxFields)
          context.reportError(
            tooComplex(`The operation has ${fields} fields, and at most ${maxFields} are allowed.`, node),
          );
      },
    };
  };
}

interface Size {
  depth: number;
  fields: number;
}

/** Measures each fragment once; one that contains itself counts as empty, as another rule refuses it. */
function measurer(context: ValidationContext): (set: SelectionSetNode) => Size {
  const fragments = new Map<string, Size>();
  const ofFragment = (name: string): Size => {
    const known = fragments.get(name);
    if (known !== undefined) return known;
    fragments.set(name, { depth: 0, fields: 0 });
    const fragment: FragmentDefinitionNode | null | undefined = context.getFragment(name);
    const size = fragment ? ofSet(fragment.selectionSet) : { depth: 0, fields: 0 };
    fragments.set(name, size);
    return size;
  };
  const ofSet = ({ selections }: SelectionSetNode): Size => {
    const size = { depth: 0, fields: 0 };
    for (const selection of selections) {
      let inner: Size = { depth: 0, fields: 0 };
      if (selection.kind === Kind.FRAGMENT_SPREAD) inner = ofFragment(selection.name.value);
      else if (selection.selectionSet) inner = ofSet(selection.selectionSet);
      const own = selection.kind === Kind.FIELD ? 1 : 0;
      size.depth = Math.max(size.depth, inner.depth + own);
      size.fields += inner.fields + own;
    }
    return size;
  };
  return ofSet;
}

/**
 * Refuses variables that are nested so deeply that code which walks them could run out of stack.
 *
 * @throws GraphQLError with the code BAD_USER_INPUT
 */
export function checkVariables(variables: unknown): void {
  if (!isTooDeep(variables, maxNesting)) return;
  throw new GraphQLError(
    `The variables have objects or lists more than ${maxNesting} levels inside each other.`,
    { extensions: { code: "BAD_USER_INPUT", http: { status: 400 } } },
  );
}

/** Looks no deeper than is allowed, so it needs little stack itself. */
function isTooDeep(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels < 0) return true;
  if (Array.isArray(value)) return value.some((item) => isTooDeep(item, levels - 1));
  for (const name in value) {
    const inner: unknown = Reflect.get(value, name);
    if (typeof inner === "object" && inner !== null && isTooDeep(inner, levels - 1)) return true;
  }
  return false;
}

function tooComplex(message: string, node?: OperationDefinitionNode): GraphQLError {
  return new GraphQLError(message, { nodes: node, extensions: { code: "GRAPHQL_TOO_COMPLEX" } });
}
