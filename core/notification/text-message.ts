import { cut, oneLine } from "./cut.ts";
import type { Message } from "./message.ts";
import { codeUnits } from "./sizes.ts";

/**
 * Subject and body as one text of at most so many UTF-16 code units.
 *
 * @param bold how the subject is written
 */
export function textMessage(
  { subject, body, link }: Message,
  most: number,
  bold: (title: string) => string = (title) => title,
): string {
  const title = cut(oneLine(subject), Math.floor(most / 4), null, codeUnits);
  const heading = title === "" ? "" : bold(title);
  const between = heading === "" || body === "" ? "" : "\n";
  const room = most - heading.length - between.length;
  return heading + between + cut(body, room, link, codeUnits);
}
