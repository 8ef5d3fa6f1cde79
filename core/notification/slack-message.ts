import type { JsonObject } from "../json.ts";
import { cut, oneLine } from "./cut.ts";
import type { Message } from "./message.ts";

/** Slack's limits, in characters as they are sent. */
const longestBlock = 3_000;
const longestMessage = 40_000;
const longestSubject = 1_000;

/** The message as Slack's incoming webhooks take it: the subject in bold, the body as mrkdwn, in blocks. */
export function slackMessage({ subject, body, link }: Message): JsonObject {
  const title = oneLine(subject);
  const bold = title === "" ? "" : `*${escapeText(cut(title, longestSubject, null, sizeOf))}*`;
  const room = longestMessage - bold.length - 1;
  const text = cut(body, room, link, sizeOf);
  const sections = [...(bold === "" ? [] : [bold]), ...pieces(text)];
  return {
    // What notifications and old clients show.
    text: [bold, escapeText(text)].filter((part) => part !== "").join("\n"),
    blocks: sections.map((section) => ({ type: "section", text: { type: "mrkdwn", text: section } })),
  };
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escapeText(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => escapes[character] ?? character);
}

/** As Slack counts: code units of the escaped text. */
function sizeOf(character: string): number {
  return (escapes[character] ?? character).length;
}

/** The escaped text in parts that fit into a block, at the ends of lines where there are any. Empty parts are left out: Slack refuses them. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let piece = "";
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const escaped = escapeText(line);
    if (piece.length + escaped.length > longestBlock) {
      found.push(piece);
      piece = "";
    }
    if (escaped.length <= longestBlock) {
      piece += escaped;
      continue;
    }
    for (const character of line) {
      const next = escapes[character] ?? character;
      if (piece.length + next.length > longestBlock) {
        found.push(piece);
        piece = "";
      }
      piece += next;
    }
  }
  return [...found, piece].filter((part) => part.trim() !== "");
}
