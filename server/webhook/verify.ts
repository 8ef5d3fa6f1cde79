import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { HmacAuth, WebhookAuth } from "../../core/webhook/auth.ts";
import { digestOf } from "./slug.ts";

/** A request as it came, with what proves it. */
export interface ProvenRequest {
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * What is wrong with the proof of a request (actions.md 6.5); null where it is proven. Signatures are over the bytes as they came, and
 * compared in constant time.
 */
export function proofProblem(
  auth: WebhookAuth,
  secrets: readonly string[],
  request: ProvenRequest,
  now: Date,
): string | null {
  const { headers, body } = request;
  switch (auth.type) {
    case "none":
      return null;
    case "bearer": {
      const token = /^bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
      if (token === undefined) return "the header authorization has no bearer token";
      const digest = digestOf(token);
      const former =
        auth.formerDigest !== null && auth.formerUntil !== null && now < new Date(auth.formerUntil)
          ? auth.formerDigest
          : auth.digest;
      // Both are compared, whichever fits.
      const [fits, fitsFormer] = [equal(digest, auth.digest), equal(digest, former)];
      return fits || fitsFormer ? null : "the bearer token is another one";
    }
    case "hmac":
      return hmacProblem(auth, secrets, request, now);
    case "github":
      return signatureProblem("x-hub-signature-256", headers["x-hub-signature-256"], (given) =>
        secrets.some((secret) => equal(given, `sha256=${sign("sha256", secret, "hex", [body])}`)),
      );
    case "stripe": {
      const parts = (headers["stripe-signature"] ?? "").split(",").map((part) => part.trim().split("=", 2));
      const time = parts.find(([name]) => name === "t")?.[1] ?? "";
      const given = parts.flatMap(([name, value]) => (name === "v1" && value !== undefined ? [value] : []));
      return (
        signatureProblem("stripe-signature", headers["stripe-signature"], () =>
          fitsOne(secrets, given, (secret) => sign("sha256", secret, "hex", [`${time}.`, body])),
        ) ?? timeProblem("stripe-signature", time, auth.tolerance, now)
      );
    }
    case "slack": {
      const time = headers["x-slack-request-timestamp"] ?? "";
      return (
        signatureProblem("x-slack-signature", headers["x-slack-signature"], (given) =>
          secrets.some((secret) =>
            equal(given, `v0=${sign("sha256", secret, "hex", [`v0:${time}:`, body])}`),
          ),
        ) ?? timeProblem("x-slack-request-timestamp", time, auth.tolerance, now)
      );
    }
    case "gitlab":
      return signatureProblem("x-gitlab-token", headers["x-gitlab-token"], (given) =>
        secrets.some((secret) => equal(given, secret)),
      );
    case "standard-webhooks": {
      const time = headers["webhook-timestamp"] ?? "";
      const start = `${headers["webhook-id"] ?? ""}.${time}.`;
      const given = (headers["webhook-signature"] ?? "")
        .split(" ")
        .flatMap((part) => (part.startsWith("v1,") ? [part.slice(3)] : []));
      if (!headers["webhook-id"]) return "the header webhook-id is missing";
      return (
        signatureProblem("webhook-signature", headers["webhook-signature"], () =>
          fitsOne(secrets, given, (secret) => sign("sha256", whsecKey(secret), "base64", [start, body])),
        ) ?? timeProblem("webhook-timestamp", time, auth.tolerance, now)
      );
    }
  }
}

function hmacProblem(
  auth: HmacAuth,
  secrets: readonly string[],
  { headers, body }: ProvenRequest,
  now: Date,
): string | null {
  const { header, algorithm, prefix, encoding, timestampHeader, tolerance } = auth;
  const time = timestampHeader === null ? null : (headers[timestampHeader] ?? "");
  const signed = time === null ? [body] : [`${time}.`, body];
  const problem = signatureProblem(header, headers[header], (given) => {
    const plain = given.startsWith(prefix) ? given.slice(prefix.length) : "";
    const signature = encoding === "hex" ? plain.toLowerCase() : plain;
    return secrets.some((secret) => equal(signature, sign(algorithm, secret, encoding, signed)));
  });
  if (problem !== null || time === null) return problem;
  return timeProblem(timestampHeader ?? "", time, tolerance, now);
}

function signatureProblem(
  header: string,
  given: string | undefined,
  fits: (given: string) => boolean,
): string | null {
  if (given === undefined || given === "") return `the header ${header} is missing`;
  return fits(given) ? null : `what the header ${header} says does not fit the body and the secret`;
}

function timeProblem(header: string, seconds: string, tolerance: number, now: Date): string | null {
  const time = /^\d{1,12}$/.test(seconds) ? Number(seconds) : Number.NaN;
  if (Number.isNaN(time)) return `the time in ${header} is none in seconds since 1970`;
  const away = Math.abs(now.getTime() / 1000 - time);
  return away <= tolerance
    ? null
    : `the time in ${header} is ${Math.round(away)} s from the server's; at most ${tolerance} s are taken`;
}

function fitsOne(
  secrets: readonly string[],
  given: readonly string[],
  make: (secret: string) => string,
): boolean {
  return secrets.some((secret) => {
    const signature = make(secret);
    return given.slice(0, 10).some((each) => equal(each, signature));
  });
}

function sign(
  algorithm: string,
  secret: string | Buffer,
  encoding: "hex" | "base64",
  parts: readonly (string | Uint8Array)[],
): string {
  const hmac = createHmac(algorithm, secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest(encoding);
}

/** In constant time: of texts of any length only the digests are compared. */
function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function whsecKey(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ""), "base64");
}
