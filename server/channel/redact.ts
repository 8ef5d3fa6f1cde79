import { mask } from "../../core/block/secret-places.ts";

/** Shorter texts are found everywhere, and guessed anyway. */
const shortest = 4;

/** What takes secrets out of texts, in each form in which they are sent, and the queries out of URLs. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const hidden = [...new Set(secrets.flatMap(forms))]
    .filter((text) => text.length >= shortest)
    .sort((a, b) => b.length - a.length);
  return (text) =>
    hidden
      .reduce((left, secret) => left.replaceAll(secret, mask), text)
      .replaceAll(/(https?:\/\/[^\s?"'<>]*)\?[^\s"'<>]*/gi, "$1?…");
}

function forms(secret: string): string[] {
  const plain = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64"),
  ];
  if (!URL.canParse(secret)) return plain;
  // Of an address it is path, query and password that are secret; receivers repeat parts of them.
  const { pathname, search, searchParams, username, password } = new URL(secret);
  const segments = pathname.split("/").filter((segment) => segment.length >= 8);
  const parts = [pathname, pathname + search, ...segments, ...searchParams.values(), username, password];
  return [...plain, ...parts.filter((part) => part.length >= shortest && part !== "/")];
}
