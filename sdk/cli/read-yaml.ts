import { type Document, isAlias, isNode, LineCounter, parseAllDocuments, visit } from "yaml";
import { Failure } from "./failure.ts";

/** A document of a YAML or JSON file, whose places are known. */
export interface FileDocument {
  value: unknown;
  /** `<file>:<line>` of what is at this path in the document, or of the nearest thing around it. */
  place(path: readonly string[]): string;
}

/** All documents of a text; JSON is read as YAML. Throws Failure where it is neither. */
export function documentsIn(file: string, text: string): FileDocument[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, merge: true });
  return (Array.isArray(documents) ? documents : []).map((document) => {
    const [error] = document.errors;
    if (error) throw new Failure(`${file} cannot be read: ${said(error.message)}`);
    refuseEndless(document, (offset) => `${file}:${lines.linePos(offset).line}`);
    return {
      value: valueIn(file, document),
      place: (path) => `${file}:${lines.linePos(offsetOf(document, path)).line}`,
    };
  });
}

/** The library leaves a quotation mark open itself. */
function said(message: string): string {
  return message.replace(/^Missing closing (["'])quote/, "Missing closing quote $1");
}

function valueIn(file: string, document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

/** What holds itself has no end. @throws Failure */
function refuseEndless(document: Document, place: (offset: number) => string): void {
  visit(document, {
    Alias(_, alias, ancestors) {
      const target = alias.resolve(document);
      if (target === undefined || !ancestors.includes(target)) return;
      const where = place(alias.range?.[0] ?? 0);
      throw new Failure(
        `${where}: *${alias.source} stands inside &${alias.source}, which it means: it has no end`,
      );
    },
  });
}

function offsetOf(document: Document, at: readonly string[]): number {
  for (let length = at.length; length >= 0; length--) {
    const found = length === 0 ? document.contents : document.getIn(at.slice(0, length), true);
    if (isNode(found) && !isAlias(found) && found.range) return found.range[0];
  }
  return 0;
}
