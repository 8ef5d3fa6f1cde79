/** Which of the known names was meant, as the end of a sentence: `; the nearest is "match"`, or all of them where none is near. */
export function suggestion(given: string, known: readonly string[]): string {
  const plain = comparable(given);
  const ranked = known
    .map((name) => ({ name, distance: distance(plain, comparable(name)) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  if (best !== undefined && best.distance <= Math.max(2, Math.ceil(plain.length / 2)))
    return `; did you mean ${JSON.stringify(best.name)}?`;
  return known.length === 0 ? "" : `; there is ${ranked.map(({ name }) => JSON.stringify(name)).join(", ")}`;
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
