import { stringify } from "yaml";

/** How a command writes what it found. */
export type Format = "json" | "yaml";

/** A document as text that ends with a line's end. */
export function documentText(value: unknown, format: Format): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(value, null, 2)}\n`;
    case "yaml":
      return stringify(value, { lineWidth: 0 });
  }
}

/** Columns of the terminal; Infinity where the output goes elsewhere. */
export function terminalWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
}
