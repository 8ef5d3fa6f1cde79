/**
 * Which of the known names was meant, as the end of a sentence: `; did you mean "match"?`. Where none is near, all of them, or nothing if
 * they are said elsewhere.
 */
export function suggestion(
  given: string,
  known: readonly string[],
  say: "nearest or all" | "nearest" = "nearest or all",
): string {
  const plain = comparable(given);
  const ranked = known
    .map((name) => ({ name, distance: distance(plain, comparable(name)) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  // Half of a short name could be any other, unless the whole is a part of it.
  const isSure = plain.length > 6 || (best !== undefined && comparable(best.name).includes(plain));
  if (best !== undefined && best.distance <= (isSure ? Math.max(2, Math.ceil(plain.length / 2)) : 2))
    return `; did you mean ${JSON.stringify(best.name)}?`;
  return known.length === 0 || say === "nearest"
    ? ""
    : `; there is ${ranked.map(({ name }) => JSON.stringify(name)).join(", ")}`;
}

/** The known name that was surely meant: at most two letters are other ones. Null where none is as near, or two are alike. */
export function meantName<Name extends string>(given: unknown, known: readonly Name[]): Name | null {
  if (typeof given !== "string") return null;
  const plain = comparable(given);
  const [best, next] = known
    .map((name) => ({ name, distance: distance(plain, comparable(name)) }))
    .sort((a, b) => a.distance - b.distance);
  if (best === undefined || best.distance > 2 || best.distance === next?.distance) return null;
  return best.name;
}

function comparable(name: string): string {
  return name.slice(0, 80).toLowerCase().replaceAll(/[_-]/g, "");
}

/** How many letters must be put in, taken out or changed (Levenshtein). */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      here.push(Math.min(change, (above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1));
    }
    above = here;
  }
  return above[b.length] ?? 0;
}
