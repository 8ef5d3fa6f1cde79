/** Orders texts by their code points, for `sort`. (Of itself `sort` goes by halves of surrogate pairs.) */
export function byCodePoint(a: string, b: string): number {
  const left = a[Symbol.iterator]();
  const right = b[Symbol.iterator]();
  for (;;) {
    const x = left.next();
    const y = right.next();
    if (x.done || y.done) return (x.done ? 0 : 1) - (y.done ? 0 : 1);
    const difference = codePoint(x.value) - codePoint(y.value);
    if (difference !== 0) return difference;
  }
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}
