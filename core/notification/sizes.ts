import { jsonBytes } from "../json.ts";

/** The size of a character for services that count in UTF-16; others that say "characters" count less. */
export function codeUnits(character: string): number {
  return character.length;
}

/** Bytes of a character in JSON, without the quotes around it. */
export function bytesInJson(character: string): number {
  return jsonBytes(character) - 2;
}
