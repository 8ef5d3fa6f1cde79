import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { readKeyFile } from "./key-file.ts";

/** Keeps secrets so that whoever reads the database alone does not learn them. */
export interface Secrets {
  /** Encrypts a text; it can be opened for the same `place` only, so that it cannot be moved to another one. */
  seal(text: string, place: string): string;
  /** The text. @throws SealedElsewhereError where it was sealed with another key, or was changed */
  open(sealed: string, place: string): string;
}

/** A secret that this server's key does not open. */
export class SealedElsewhereError extends Error {
  override readonly name = "SealedElsewhereError";
  constructor() {
    super(
      "the secret was encrypted with another key than this server's; give all servers of a database the same ANTIPHON_SECRET_KEY, or save the secret again",
    );
  }
}

const version = "v1";
const cipher = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

/**
 * Seals with AES-256-GCM: `v1.<key>.<base64 of nonce, text and tag>`, where the key is named by the beginning of its SHA-256.
 *
 * @param given the key, 32 bytes; where there is none it is in `keyFile`, which is made when it is first needed
 */
export function createSecrets(given: Uint8Array | undefined, keyFile: string): Secrets {
  let known: { key: Uint8Array; id: string } | undefined;
  const own = () => {
    if (known !== undefined) return known;
    const key = given ?? readKeyFile(keyFile);
    known = { key, id: createHash("sha256").update(key).digest("hex").slice(0, 8) };
    return known;
  };
  return {
    seal(text, place) {
      const { key, id } = own();
      const iv = randomBytes(ivBytes);
      const sealing = createCipheriv(cipher, key, iv).setAAD(Buffer.from(place));
      const bytes = Buffer.concat([iv, sealing.update(text, "utf8"), sealing.final(), sealing.getAuthTag()]);
      return `${version}.${id}.${bytes.toString("base64")}`;
    },
    open(sealed, place) {
      const { key, id } = own();
      const [form, sealedWith, text = ""] = sealed.split(".");
      if (form !== version || sealedWith !== id) throw new SealedElsewhereError();
      const bytes = Buffer.from(text, "base64");
      const opening = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(-tagBytes));
      try {
        return opening.update(bytes.subarray(ivBytes, -tagBytes), undefined, "utf8") + opening.final("utf8");
      } catch {
        throw new SealedElsewhereError();
      }
    },
  };
}
