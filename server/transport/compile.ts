import { type DocumentNode, type ExecutionResult, type GraphQLSchema, execute as interpret } from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { hasVariableInLiteral } from "./literal-variables.ts";
import { hasNullVariable } from "./null-variables.ts";
import { hasUnreadableVariable } from "./variable-types.ts";

/** A validated operation as compiled code. For a subscription it gives the result of one row, the root value. */
export type Execute = (
  rootValue: unknown,
  contextValue: unknown,
  variableValues: Record<string, unknown> | null | undefined,
) => ExecutionResult | Promise<ExecutionResult>;

/**
 * Compiles operations from their second use on: many a document has its values written in it and comes once, and
 * compiling it costs more than it saves. Documents come from a cache by their text, and are forgotten with it.
 * (The plugin @envelop/graphql-jit keeps one operation a document and would run the wrong one of two.)
 */
export class Compiler {
  readonly #compiled = new WeakMap<DocumentNode, Map<string, Execute | "seen">>();

  constructor(private readonly schema: GraphQLSchema) {}

  get(document: DocumentNode, operationName: string | null | undefined): Execute {
    let operations = this.#compiled.get(document);
    if (operations === undefined) {
      operations = new Map();
      this.#compiled.set(document, operations);
    }
    const name = operationName ?? "";
    const known = operations.get(name);
    if (known !== undefined && known !== "seen") return known;
    const execute =
      known === "seen" ? this.#compile(document, operationName) : this.#interpret(document, operationName);
    operations.set(name, known === "seen" ? execute : "seen");
    return execute;
  }

  #interpret(document: DocumentNode, operationName: string | null | undefined): Execute {
    const { schema } = this;
    return (rootValue, contextValue, variableValues) =>
      interpret({ schema, document, operationName, rootValue, contextValue, variableValues });
  }

  #compile(document: DocumentNode, operationName: string | null | undefined): Execute {
    const { schema } = this;
    if ([hasVariableInLiteral, hasUnreadableVariable, hasNullVariable].some((has) => has(schema, document)))
      return this.#interpret(document, operationName);
    const compiled: CompiledQuery | ExecutionResult = compileQuery(
      schema,
      document,
      operationName ?? undefined,
    );
    if (!isCompiledQuery(compiled)) return () => compiled;
    const interpreted = this.#interpret(document, operationName);
    const explain = (result: ExecutionResult, ...given: Parameters<Execute>) =>
      // Nothing was executed: the variables were refused, and why is said only by the interpreter.
      result.data === undefined ? interpreted(...given) : result;
    return (...given) => {
      const result = compiled.query(...given);
      return result instanceof Promise
        ? result.then((settled) => explain(settled, ...given))
        : explain(result, ...given);
    };
  }
}
