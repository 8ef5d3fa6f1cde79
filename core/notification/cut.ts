const ellipsis = "…";

/**
 * The beginning of a text whose size is at most `most`, ending in an ellipsis, and behind it the link, where it had to be cut. No
 * character is cut in half.
 *
 * @param sizeOf the size of one character as it is sent; one where it is left out
 */
export function cut(
  text: string,
  most: number,
  link: string | null = null,
  sizeOf: (character: string) => number = () => 1,
): string {
  const measure = (part: string) => [...part].reduce((size, character) => size + sizeOf(character), 0);
  // A character has at most two code units, and none of them is free.
  if (text.length <= most * 2 && measure(text) <= most) return text;
  const tail = link === null ? ellipsis : `${ellipsis}\n${link}`;
  let room = most - measure(tail);
  if (room < 0) return "";
  let end = 0;
  for (const character of text) {
    room -= sizeOf(character);
    if (room < 0) break;
    end += character.length;
  }
  return text.slice(0, end) + tail;
}

/** A text as one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
