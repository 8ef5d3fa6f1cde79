import { createHash, randomBytes } from "node:crypto";

/** A new slug: 16 random bytes, which say nothing and cannot be guessed. */
export function newSlug(): string {
  return randomBytes(16).toString("base64url");
}

/** A new token that requests bear. */
export function newToken(): string {
  return `ahk_${randomBytes(32).toString("base64url")}`;
}

/** What a slug or a token is known by: who reads the database does not learn it. */
export function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Where a webhook's slug is sealed for. */
export function slugPlace(id: string): string {
  return `webhook/${id}`;
}
