import { UsageError } from "./failure.ts";

/** The address of the API as it was given, or of the API of the server as it was given. */
export function apiUrl(given: string): string {
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    url = new URL("about:blank");
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new UsageError(
      `${JSON.stringify(given)} is no address of an API: it begins with http:// or https://, as in http://127.0.0.1:4200/graphql`,
    );
  }
  if (url.pathname === "/") url.pathname = "/graphql";
  return url.href;
}
