import { columnsOf, plain, wrapped } from "./plain.ts";
import { type Style, styled } from "./style.ts";

export interface Column<Row> {
  title: string;
  of(row: Row): string;
  /** How the cell stands out; it does not where this is left out or null. */
  style?(row: Row): Style | null;
}

const gap = "  ";

/** Rows under their titles; null where they take more columns of the terminal than there are. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): string | null {
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ of }) => plain(of(row)))),
  ];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => columnsOf(line[at] ?? ""))));
  if (widths.reduce((sum, one) => sum + one + gap.length, -gap.length) > width) return null;
  const last = columns.length - 1;
  return lines
    .map((cells, line) => {
      const row = rows[line - 1];
      return cells.map((cell, at) => {
        const style = row === undefined ? "dim" : (columns[at]?.style?.(row) ?? null);
        const room = at === last ? "" : " ".repeat((widths[at] ?? 0) - columnsOf(cell));
        return styled(style, cell) + room;
      });
    })
    .map((cells) => cells.join(gap).trimEnd())
    .join("\n");
}

/** Rows as a table, or, where the terminal is too narrow for it, each on lines of its own. */
export function rowsText<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number): string {
  return table(columns, rows, width) ?? rows.map((row) => block(columns, row, width)).join("\n");
}

/** One row on lines of its own: the first column, and below it what the others say. */
function block<Row>([first, ...others]: readonly Column<Row>[], row: Row, width: number): string {
  const lines = others
    .map(({ of }) => plain(of(row)))
    .filter((text) => text !== "")
    .flatMap((text) => wrapped(text, Math.max(20, width - 2)));
  return [first ? plain(first.of(row)) : "", ...lines.map((line) => `  ${line}`)].join("\n");
}
