import { columnsOf, plain } from "./plain.ts";

export interface Column<Row> {
  title: string;
  of(row: Row): string;
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
  return lines.map((line) => lineOf(line, widths)).join("\n");
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, at) => cell + " ".repeat((widths[at] ?? 0) - columnsOf(cell)))
    .join(gap)
    .trimEnd();
}
