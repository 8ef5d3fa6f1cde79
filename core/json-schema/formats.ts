/** Formats that Zod checks in its own way, checked here in the same. */
export const ownFormats: Record<string, (text: string) => boolean> = {
  uri: (text) => parses(() => new URL(text)),
  "json-string": (text) => parses(() => JSON.parse(text)),
};

function parses(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

const NAMES: Record<string, string> = {
  "date-time": "date and time, such as 2026-01-31T12:00:00Z",
  date: "date, such as 2026-01-31",
  time: "time with its offset, such as 10:30:00Z",
  duration: "ISO 8601 duration, such as PT15M",
  email: "e-mail address",
  uri: "URL with its scheme, such as https://example.com",
  uuid: "UUID",
  hostname: "host name",
  ipv4: "IPv4 address",
  ipv6: "IPv6 address",
  "json-string": "text of valid JSON",
  line: "line of text",
  base64: "text in base64",
  base64url: "text in base64url",
  e164: "telephone number, such as +12025550123",
  regex: "regular expression",
};

/** A format's name for people, with an example where it helps; `pattern` is what is checked in its place. */
export function formatName(format: string, pattern?: RegExp): string {
  const time = format === "time" && TIMES.find((example) => pattern?.test(example));
  return time ? `time, such as ${time}` : (NAMES[format] ?? format);
}

/** Zod's times have no offset, and as many digits as their author says. */
const TIMES = ["10:30", "10:30:00", "10:30:00.000"];
