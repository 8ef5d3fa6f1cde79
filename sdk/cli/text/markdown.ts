import { styleText } from "node:util";
import { plain } from "./plain.ts";

/**
 * Markdown as a terminal shows it, in colours: headings and strong words stand out, links show where they lead; all else is
 * as it was written.
 */
export function markdownText(markdown: string): string {
  return markdown.trim().split(/\r?\n/).map(plain).map(lineText).join("\n");
}

/** A line of Markdown as text: without what makes it a heading, a quotation or an item, and without the marks of emphasis. */
export function unmarked(line: string): string {
  return line
    .trim()
    .replace(/^(?:(?:#{1,6}|>|[-*+]|\d{1,9}[.)])\s+)+/, "")
    .replace(/(\*\*|__)(\S(?:.*?\S)?)\1/g, "$2")
    .replace(/(?<![\w*])(\*|_)(\S(?:.*?\S)?)\1(?![\w*])/g, "$2")
    .replace(/`([^`]+)`/g, "$1");
}

function lineText(line: string): string {
  const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
  if (heading !== undefined) return emphasised("bold", heading);
  return line
    .replace(/\*\*(\S(?:.*?\S)?)\*\*|__(\S(?:.*?\S)?)__/g, (_, star?: string, low?: string) =>
      emphasised("bold", star ?? low ?? ""),
    )
    .replace(/`([^`]+)`/g, (_, code: string) => emphasised("cyan", code))
    .replace(/!?\[([^\]]*)\]\(([^)\s]+)[^)]*\)/g, (_, text: string, link: string) =>
      text === "" || text === link ? link : `${text} (${link})`,
    );
}

/** Whether the terminal takes colours is for the caller to know. */
function emphasised(style: "bold" | "cyan", text: string): string {
  return styleText(style, text, { validateStream: false });
}
