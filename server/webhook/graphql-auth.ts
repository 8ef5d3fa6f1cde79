import {
  type WebhookAuth as AnyWebhookAuth,
  hasSecrets,
  hmacAlgorithms,
  hmacEncodings,
} from "../../core/webhook/auth.ts";
import { builder } from "../graphql/builder.ts";

const WebhookAuthType = builder.enumType("WebhookAuthType", {
  description: "How requests to a webhook prove who sends them.",
  values: {
    NONE: { value: "none", description: "Not at all: whoever knows the URL may send." },
    BEARER: { value: "bearer", description: "By a token of the server's: `Authorization: Bearer <token>`." },
    HMAC: { value: "hmac", description: "By a signature of the body in a header." },
    GITHUB: { value: "github", description: "As GitHub signs, in `X-Hub-Signature-256`." },
    STRIPE: { value: "stripe", description: "As Stripe signs, in `Stripe-Signature`." },
    SLACK: { value: "slack", description: "As Slack signs, in `X-Slack-Signature`." },
    GITLAB: { value: "gitlab", description: "By the secret token that GitLab sends in `X-Gitlab-Token`." },
    STANDARD_WEBHOOKS: {
      value: "standard-webhooks",
      description: "As Standard Webhooks are signed, in `webhook-signature`.",
    },
  } as const,
});

const HmacAlgorithm = builder.enumType("HmacAlgorithm", {
  description: "How a signature is made.",
  values: {
    SHA1: { value: hmacAlgorithms[0], description: "HMAC with SHA-1, for senders that know nothing else." },
    SHA256: { value: hmacAlgorithms[1], description: "HMAC with SHA-256." },
    SHA512: { value: hmacAlgorithms[2], description: "HMAC with SHA-512." },
  } as const,
});

const HmacEncoding = builder.enumType("HmacEncoding", {
  description: "How a signature is written.",
  values: {
    HEX: { value: hmacEncodings[0], description: "In hexadecimal digits." },
    BASE64: { value: hmacEncodings[1], description: "In base64." },
  } as const,
});

const tolerance =
  "By how many seconds a signed time may differ from the server's clock; 300 where it is left out.";

/** How a webhook's requests are proven; no secret is among it. */
export const WebhookAuth = builder.objectRef<AnyWebhookAuth>("WebhookAuth").implement({
  description: "How requests to a webhook prove who sends them, without the secrets.",
  fields: (t) => ({
    type: t.field({
      type: WebhookAuthType,
      description: "In which way.",
      resolve: ({ type }) => type,
    }),
    header: t.string({
      nullable: true,
      description: "HMAC: the header with the signature.",
      resolve: (auth) => (auth.type === "hmac" ? auth.header : null),
    }),
    algorithm: t.field({
      type: HmacAlgorithm,
      nullable: true,
      description: "HMAC: how the signature is made.",
      resolve: (auth) => (auth.type === "hmac" ? auth.algorithm : null),
    }),
    prefix: t.string({
      nullable: true,
      description: "HMAC: what stands before the signature, such as `sha256=`.",
      resolve: (auth) => (auth.type === "hmac" ? auth.prefix : null),
    }),
    encoding: t.field({
      type: HmacEncoding,
      nullable: true,
      description: "HMAC: how the signature is written.",
      resolve: (auth) => (auth.type === "hmac" ? auth.encoding : null),
    }),
    timestampHeader: t.string({
      nullable: true,
      description: "HMAC: the header with the signed time, where there is one.",
      resolve: (auth) => (auth.type === "hmac" ? auth.timestampHeader : null),
    }),
    tolerance: t.float({
      nullable: true,
      description: "By how many seconds a signed time may differ from the server's clock.",
      resolve: (auth) => (hasSecrets(auth) ? auth.tolerance : null),
    }),
    hasSecret: t.boolean({
      description: "Whether a secret or a token is stored.",
      resolve: (auth) => auth.type !== "none",
    }),
  }),
});

export const WebhookAuthInput = builder.inputType("WebhookAuthInput", {
  description: "How requests are to prove who sends them.",
  fields: (t) => ({
    type: t.field({ type: WebhookAuthType, required: true, description: "In which way." }),
    secrets: t.stringList({
      description:
        "What the sender signs with, 1 to 3 of them: any is taken, so that one can be replaced by another. Those that are stored stay where it is left out. Not for NONE and BEARER.",
    }),
    header: t.string({ description: "HMAC, and needed there: the header with the signature." }),
    algorithm: t.field({
      type: HmacAlgorithm,
      description: "HMAC: how the signature is made; SHA256 where it is left out.",
    }),
    prefix: t.string({ description: "HMAC: what stands before the signature, such as `sha256=`." }),
    encoding: t.field({
      type: HmacEncoding,
      description: "HMAC: how the signature is written; HEX where it is left out.",
    }),
    timestampHeader: t.string({
      description:
        "HMAC: a header with the time in seconds since 1970. The signature is over `<time>.<body>` then, else over the body.",
    }),
    tolerance: t.float({ description: tolerance }),
  }),
});
