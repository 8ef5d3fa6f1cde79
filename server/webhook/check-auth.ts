import { isSigningSecret } from "../../core/block/signing-secret.ts";
import type { Issue } from "../../core/error.ts";
import {
  defaultTolerance,
  type HmacAlgorithm,
  type HmacEncoding,
  hasSecrets,
  type WebhookAuth,
  type WebhookAuthType,
} from "../../core/webhook/auth.ts";
import { digestOf, newToken } from "./slug.ts";

/** How requests are to prove themselves, as somebody says it. */
export interface AuthArgs {
  type: WebhookAuthType;
  secrets?: readonly string[] | null | undefined;
  header?: string | null | undefined;
  algorithm?: HmacAlgorithm | null | undefined;
  prefix?: string | null | undefined;
  encoding?: HmacEncoding | null | undefined;
  timestampHeader?: string | null | undefined;
  tolerance?: number | null | undefined;
}

/** `secrets`: null where those stay that are stored. `token`: one that was made now. */
export interface CheckedAuth {
  readonly auth: WebhookAuth;
  readonly secrets: readonly string[] | null;
  readonly token: string | null;
}

const mostSecrets = 3;
const secretLength = { least: 8, most: 512 };
const longestTolerance = 86_400;

/** @param before how they do so far; null with a new webhook */
export function checkAuth(
  args: AuthArgs,
  before: WebhookAuth | null,
  path: readonly string[],
  issues: Issue[],
): CheckedAuth {
  const refuse = (field: string, message: string) => issues.push({ path: [...path, field], message });
  const { type } = args;
  const tolerance = args.tolerance ?? defaultTolerance;
  if (!(tolerance > 0 && tolerance <= longestTolerance))
    refuse("tolerance", `must be more than 0 and at most ${longestTolerance} seconds; it is ${tolerance}`);
  if (type !== "hmac") refuseHmacFields(args, refuse);
  switch (type) {
    case "none":
      refuseSecrets(args, "nothing is proven", refuse);
      return { auth: { type }, secrets: [], token: null };
    case "bearer": {
      refuseSecrets(args, "the token is made by the server", refuse);
      if (before?.type === "bearer") return { auth: before, secrets: [], token: null };
      const token = newToken();
      const auth = { type, digest: digestOf(token), formerDigest: null, formerUntil: null } as const;
      return { auth, secrets: [], token };
    }
    case "hmac":
      return {
        auth: {
          type,
          header: headerName(args.header, "header", refuse) ?? "",
          algorithm: args.algorithm ?? "sha256",
          prefix: args.prefix ?? "",
          encoding: args.encoding ?? "hex",
          timestampHeader:
            args.timestampHeader == null ? null : headerName(args.timestampHeader, "timestampHeader", refuse),
          tolerance,
        },
        secrets: secretsOf(args, before, refuse),
        token: null,
      };
    case "github":
    case "stripe":
    case "slack":
    case "gitlab":
    case "standard-webhooks":
      return { auth: { type, tolerance }, secrets: secretsOf(args, before, refuse), token: null };
  }
}

type Refuse = (field: string, message: string) => void;

function refuseHmacFields(args: AuthArgs, refuse: Refuse): void {
  for (const field of ["header", "algorithm", "prefix", "encoding", "timestampHeader"] as const)
    if (args[field] != null) refuse(field, `is for the type HMAC only, and the type is ${args.type}`);
}

function refuseSecrets({ secrets }: AuthArgs, why: string, refuse: Refuse): void {
  if (secrets != null && secrets.length > 0) refuse("secrets", `must be left out: ${why}`);
}

function headerName(given: string | null | undefined, field: string, refuse: Refuse): string | null {
  if (given != null && /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(given)) return given.toLowerCase();
  refuse(
    field,
    `must be the name of a header, such as x-signature${given == null ? "" : `; it is ${JSON.stringify(given.slice(0, 100))}`}`,
  );
  return null;
}

function secretsOf(
  { type, secrets }: AuthArgs,
  before: WebhookAuth | null,
  refuse: Refuse,
): readonly string[] | null {
  if (secrets == null) {
    if (before?.type === type && hasSecrets(before)) return null;
    refuse("secrets", "is required: the secret that the sender signs with");
    return [];
  }
  if (secrets.length === 0 || secrets.length > mostSecrets)
    refuse(
      "secrets",
      `must be 1 to ${mostSecrets} secrets, any of which is taken; there are ${secrets.length}`,
    );
  for (const secret of secrets) {
    if (type === "standard-webhooks") {
      if (!isSigningSecret(secret))
        refuse("secrets", "must be whsec_ and 24 to 64 bytes in base64, as Standard Webhooks have it");
    } else if (secret.length < secretLength.least || secret.length > secretLength.most)
      refuse(
        "secrets",
        `a secret has ${secretLength.least} to ${secretLength.most} characters; one has ${secret.length}`,
      );
  }
  return [...secrets];
}
