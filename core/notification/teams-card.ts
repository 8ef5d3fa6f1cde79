import { type JsonObject, jsonBytes } from "../json.ts";
import { cut, oneLine } from "./cut.ts";
import type { Message } from "./message.ts";
import { bytesInJson } from "./sizes.ts";

/** What Microsoft Teams takes, in bytes of JSON. */
const largest = 28_000;
const longestSubject = 250;

export interface CardOptions {
  readonly wrap: boolean;
  readonly includeImage: boolean;
}

/** The message as an adaptive card, as a workflow of Microsoft Teams takes it. */
export function teamsCard({ subject, body, link }: Message, options: CardOptions): JsonObject {
  const title = cut(oneLine(subject), longestSubject);
  const room = largest - jsonBytes(card(title, "", options));
  return card(title, cut(body, room, link, bytesInJson), options);
}

function card(title: string, text: string, { wrap, includeImage }: CardOptions): JsonObject {
  const heading = [includeImage ? "🔔" : "", title].filter((part) => part !== "").join(" ");
  const block = (shown: string, more: JsonObject) => ({ type: "TextBlock", text: shown, wrap, ...more });
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          msteams: { width: "Full" },
          body: [block(heading, { weight: "Bolder", size: "Large" }), block(text, {})],
        },
      },
    ],
  };
}
