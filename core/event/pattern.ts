/** Whether a text fits. */
export type TextTest = (text: string) => boolean;

/** A pattern for the value of a label: `*` is any run of characters, also none; a leading `!` negates. Compared with case. */
export function labelPattern(pattern: string): TextTest {
  return compile(pattern, 0);
}

/** A pattern for the name of an event: `*` is a run of at least one character; a leading `!` negates. Compared with case. */
export function namePattern(pattern: string): TextTest {
  return compile(pattern, 1);
}

/** Any of several tests; none at all accepts nothing. */
export function anyOf(tests: readonly TextTest[]): TextTest {
  const [first, second] = tests;
  if (first === undefined) return () => false;
  if (second === undefined) return first;
  return (text) => tests.some((test) => test(text));
}

/** @param shortest the fewest characters that a `*` stands for */
function compile(pattern: string, shortest: 0 | 1): TextTest {
  if (!pattern.startsWith("!")) return wildcard(pattern, shortest);
  const refused = wildcard(pattern.slice(1), shortest);
  return (text) => !refused(text);
}

function wildcard(pattern: string, shortest: number): TextTest {
  const pieces = pattern.split("*");
  const head = pieces[0] ?? "";
  const tail = pieces.at(-1) ?? "";
  if (pieces.length === 1) return (text) => text === head;
  const between = pieces.slice(1, -1);
  return (text) => {
    if (!text.startsWith(head) || !text.endsWith(tail)) return false;
    // The leftmost place of each piece leaves the most room for those behind it, so nothing is ever tried twice.
    let end = head.length;
    for (const piece of between) {
      const start = end + shortest;
      const found = start > text.length ? -1 : text.indexOf(piece, start);
      if (found < 0) return false;
      end = found + piece.length;
    }
    return end + shortest <= text.length - tail.length;
  };
}
