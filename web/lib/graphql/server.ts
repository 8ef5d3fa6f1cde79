import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { type ExecutionResult, print } from "graphql";

/** The public API of the process that renders, as it puts itself there; the very same as over HTTP. */
type Execute = (document: string, variables: Record<string, unknown>) => Promise<ExecutionResult>;
const inProcess = Symbol.for("antiphon.execute");

const defaultUrl = "http://127.0.0.1:4200/graphql";

/**
 * Reads from the public API while a page is rendered: in this process where the API is in it, else over HTTP from `ANTIPHON_API_URL`.
 * Throws with the API's messages where it answers with errors.
 */
export async function read<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { data, errors } = await execute(print(document), variables);
  if (errors !== undefined && errors.length > 0) {
    const codes = errors.map(({ extensions }) => extensions?.code);
    throw new RefusedError(errors.map(({ message }) => message).join("; "), codes);
  }
  if (data === undefined || data === null) throw new Error("The API answered without data.");
  // The document's types say what its result is; codegen made both from the schema.
  return data as Data;
}

/** The same for a page of a list; null where the address has a cursor that is none of the list's. */
export async function readPage<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data | null> {
  return read(document, variables).catch((error: unknown) => {
    if (error instanceof RefusedError && error.codes.includes("BAD_CURSOR")) return null;
    throw error;
  });
}

/** The API answered with errors, of these codes. */
class RefusedError extends Error {
  readonly codes: readonly unknown[];

  constructor(message: string, codes: readonly unknown[]) {
    super(message);
    this.codes = codes;
  }
}

async function execute(document: string, variables: Record<string, unknown>): Promise<ExecutionResult> {
  const here: unknown = Reflect.get(globalThis, inProcess);
  // What another part of the process put under our symbol is what this type says.
  if (typeof here === "function") return plain(await (here as Execute)(document, variables));
  const url = process.env.ANTIPHON_API_URL ?? defaultUrl;
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query: document, variables }),
    cache: "no-store",
  });
  // A GraphQL server answers so; what it is is checked by the reader's types only.
  return (await response.json()) as ExecutionResult;
}

/** As it would come over the wire: results of an execution have objects without a prototype, which props must not be. */
function plain(result: ExecutionResult): ExecutionResult {
  return JSON.parse(JSON.stringify(result));
}
