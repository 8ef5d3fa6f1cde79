import { durationInWords } from "../model/duration.ts";

/** What an ISO 8601 duration means, said while it is typed. */
export function DurationNote({ text }: { text: string }) {
  const words = durationInWords(text);
  return (
    <p className="text-xs text-faint" aria-live="polite">
      {words ?? (text === "" ? "ISO 8601, such as PT30M for half an hour" : "not an ISO 8601 duration yet")}
    </p>
  );
}
