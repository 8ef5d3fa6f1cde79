/** Lines around a change that are shown with it. */
const context = 2;

interface Line {
  mark: "+" | "-" | " ";
  text: string;
}

/** How two texts differ, line by line: `-` is gone, `+` is new, and what is far from any change is left out. */
export function differences(before: string, after: string): string {
  const lines = compared(linesOf(before), linesOf(after));
  const shown = lines.map((_, at) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some(({ mark }) => mark !== " "),
  );
  return lines
    .flatMap(({ mark, text }, at) => {
      if (shown[at]) return [`  ${mark} ${text}`.trimEnd()];
      return at === 0 || shown[at - 1] ? ["    …"] : [];
    })
    .join("\n");
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.trimEnd().split("\n");
}

/** By the longest common part: `common[i][j]` is its length from line i of one and j of the other on. */
function compared(before: readonly string[], after: readonly string[]): Line[] {
  const common = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    const row = common[i] ?? [];
    for (let j = after.length - 1; j >= 0; j--)
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, next] = [before[i], after[j]];
    if (old !== undefined && old === next) {
      lines.push({ mark: " ", text: old });
      i += 1;
      j += 1;
    } else if (next === undefined || (old !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ mark: "-", text: old ?? "" });
      i += 1;
    } else {
      lines.push({ mark: "+", text: next });
      j += 1;
    }
  }
  return lines;
}
