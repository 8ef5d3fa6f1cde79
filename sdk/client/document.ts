import { printDocument } from "./print-document.ts";

/** A document as a client may give it: its text, text with types, or a syntax tree with types. */
export type Document<T, V extends object> = string | { __apiType?: (variables: V) => T };

/** The text that is sent. */
export function documentText(document: string | object): string {
  if (typeof document === "string") return document;
  if (document instanceof String) return document.toString();
  if ("kind" in document && document.kind === "Document") return printDocument(document);
  throw new TypeError("a document is its text, or what a code generator made of it");
}

/** Streams that begin with the present whenever they are subscribed to, so that nothing is missed by doing it again. */
const streamsOfStates = new Set([
  "flowRunUpdated",
  "flowRunsUpdated",
  "inputRequested",
  "executionSignals",
  "claimableFlowRuns",
]);

/** How a subscription goes on after its connection was lost. */
export type Continuation = "behind its cursor" | "from the present" | "not at all";

/** Read from the text: it has a variable `$after`, or its field is a stream of states. */
export function continuationOf(text: string): Continuation {
  if (/\$after\b/.test(text)) return "behind its cursor";
  const field = /subscription\b[^{]*\{\s*(?:\w+\s*:\s*)?(\w+)/.exec(withoutComments(text))?.[1];
  return field !== undefined && streamsOfStates.has(field) ? "from the present" : "not at all";
}

/** Whether the text has a mutation among its operations. */
export function isMutation(text: string): boolean {
  return /(?:^|\})\s*mutation\b/.test(withoutComments(text));
}

function withoutComments(text: string): string {
  return text.replace(/#.*$/gm, "");
}
