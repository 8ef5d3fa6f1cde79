/** Ways in which others sign what they send. */
const presets = ["github", "stripe", "slack", "gitlab", "standard-webhooks"] as const;
export type Preset = (typeof presets)[number];

export const hmacAlgorithms = ["sha1", "sha256", "sha512"] as const;
export type HmacAlgorithm = (typeof hmacAlgorithms)[number];

export const hmacEncodings = ["hex", "base64"] as const;
export type HmacEncoding = (typeof hmacEncodings)[number];

/** Seconds by which a signed time may differ from the server's clock. */
export const defaultTolerance = 300;

/** A token of ours that requests bear: only its SHA-256 is kept. The former one is taken until `formerUntil`, in ISO 8601. */
export interface BearerAuth {
  readonly type: "bearer";
  readonly digest: string;
  readonly formerDigest: string | null;
  readonly formerUntil: string | null;
}

/** A signature in a header: over the body, or, where there is a header for the time, over `<time>.<body>`. */
export interface HmacAuth {
  readonly type: "hmac";
  /** In lower case. */
  readonly header: string;
  readonly algorithm: HmacAlgorithm;
  /** What stands before the signature, such as `sha256=`. */
  readonly prefix: string;
  readonly encoding: HmacEncoding;
  /** Of a header, in lower case, with seconds since 1970. */
  readonly timestampHeader: string | null;
  /** Seconds. */
  readonly tolerance: number;
}

export interface PresetAuth {
  readonly type: Preset;
  /** Seconds; of no meaning where nothing signs the time. */
  readonly tolerance: number;
}

/** How requests prove that they come from somebody who may send them (actions.md 6.5). Secrets are kept apart. */
export type WebhookAuth = { readonly type: "none" } | BearerAuth | HmacAuth | PresetAuth;
export type WebhookAuthType = WebhookAuth["type"];

/** Whether requests are proven by secrets that are shared with their sender. */
export function hasSecrets(auth: WebhookAuth): auth is HmacAuth | PresetAuth {
  return auth.type !== "none" && auth.type !== "bearer";
}

/** The headers, in lower case, that prove a request: they are shown to nobody. */
export function proofHeaders(auth: WebhookAuth): readonly string[] {
  switch (auth.type) {
    case "none":
    case "bearer":
      return ["authorization"];
    case "hmac":
      return [auth.header];
    case "github":
      return ["x-hub-signature-256", "x-hub-signature"];
    case "stripe":
      return ["stripe-signature"];
    case "slack":
      return ["x-slack-signature"];
    case "gitlab":
      return ["x-gitlab-token"];
    case "standard-webhooks":
      return ["webhook-signature"];
  }
}
