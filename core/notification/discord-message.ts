import type { JsonObject } from "../json.ts";
import { cut, oneLine } from "./cut.ts";
import type { Message } from "./message.ts";
import { codeUnits } from "./sizes.ts";

/** Discord's limits, in characters: of a message's own text, and of what is embedded in it. */
const longestText = 2_000;
const longestEmbedded = 4_096;

/** The message as Discord's webhooks take it: the subject in bold, and the body, which is Markdown, embedded. Nobody is called by name. */
export function discordMessage({ subject, body, link }: Message): JsonObject {
  const title = cut(oneLine(subject), longestText - 4, null, codeUnits);
  const text = cut(body, longestEmbedded, link, codeUnits);
  return {
    ...(title !== "" && { content: `**${title}**` }),
    ...(text.trim() !== "" && { embeds: [{ description: text }] }),
    allowed_mentions: { parse: [] },
  };
}
