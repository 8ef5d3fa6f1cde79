import type { JsonObject } from "../../core/json.ts";
import type { Outcome } from "./outcome.ts";

/** What a failed letter means: answers from 500 on, and credentials that are not taken, are final; everything else may pass. */
export function smtpFailure(line: string, error: unknown, redact: (text: string) => string): Outcome {
  const said = redact(error instanceof Error ? error.message : String(error)).trim();
  const status = property(error, "responseCode");
  const reason = `${line}: ${said}`;
  const details: JsonObject = typeof status === "number" ? { status_code: status } : {};
  const log = [line, said];
  const final = typeof status === "number" ? status >= 500 : property(error, "code") === "EAUTH";
  return final
    ? { kind: "refused", reason, details, log }
    : { kind: "again", reason, after: null, details, log };
}

function property(error: unknown, name: string): unknown {
  return typeof error === "object" && error !== null
    ? Object.getOwnPropertyDescriptor(error, name)?.value
    : undefined;
}
