import { validateHeaderValue } from "node:http";

/** The address of an API, as connections are opened to it. Throws a TypeError where it is none. */
export function checkedAddress(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!/^https?:\/\//.test(given) || url === null) {
    throw new TypeError(
      `${JSON.stringify(given)} is no address of an API: it begins with http:// or https://, as in http://127.0.0.1:4200/graphql`,
    );
  }
  return given.replace(/#.*$/s, "");
}

/** Throws a TypeError where a key cannot be sent. The key itself is not told. */
export function checkedKey(apiKey: string | undefined): string | undefined {
  try {
    if (apiKey !== undefined) validateHeaderValue("authorization", `Bearer ${apiKey}`);
  } catch {
    throw new TypeError(
      "the API key (ANTIPHON_API_KEY) cannot be sent: it has a line break, or another character that no header can have",
    );
  }
  return apiKey;
}
