import { micromark } from "micromark";
import { cut } from "../../core/notification/cut.ts";
import type { Message } from "../../core/notification/message.ts";

const longestSubject = 500;
const longestBody = 100_000;

/** Headers that tell other mail systems not to answer. */
export const automatic = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" };

/** The message as a letter: its text is Markdown. */
export function letterOf({ subject, body, link }: Message): { subject: string; text: string; html: string } {
  const text = cut(body, longestBody, link);
  return { subject: cut(subject, longestSubject), text, html: htmlOf(text) };
}

/** Markdown as HTML: what is HTML in it is escaped, only web and mail links are links, and there are no pictures, which would tell who reads. */
function htmlOf(markdown: string): string {
  const withoutPictures = { disable: { null: ["labelStartImage"] } };
  return micromark(markdown, { extensions: [withoutPictures] });
}
