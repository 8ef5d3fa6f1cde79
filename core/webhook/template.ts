import { isJsonObject, type Json, type JsonObject } from "../json.ts";

/**
 * What a webhook makes of a request (actions.md 6.3). `structured`: a JSON value whose texts are rendered each for itself, so that no
 * value can change its structure. `text`: a text that is rendered as a whole and has to be JSON then.
 */
export type WebhookTemplate =
  | { readonly mode: "structured"; readonly value: JsonObject | Json[] }
  | { readonly mode: "text"; readonly source: string };

export function readTemplate(source: string): WebhookTemplate {
  const value = parsed(source);
  return isJsonObject(value) || Array.isArray(value)
    ? { mode: "structured", value }
    : { mode: "text", source };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json; // nothing else comes of it
  } catch {
    return undefined;
  }
}
