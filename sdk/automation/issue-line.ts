import type { InputIssue } from "../../core/run-input/errors.ts";

/** What is wrong and where, in one line: the place first, unless the message begins with it. */
export function issueLine({ path, message }: InputIssue): string {
  const place = placeText(path);
  return place === "" || message.startsWith(place) ? message : `${place}: ${message}`;
}

/** A place in a definition as people write it: `actions[0].parameters`. */
export function placeText(path: ReadonlyArray<PropertyKey>): string {
  return path.map(String).reduce((text, step) => {
    if (/^\d+$/.test(step)) return `${text}[${step}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}
