import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const keyBytes = 32;

/** The key in this file, 32 bytes in base64; a new one where there is no such file. Nobody else than its owner may read it. */
export function readKeyFile(file: string): Uint8Array {
  const key = Buffer.from(readOrMake(file), "base64");
  if (key.length === keyBytes) return key;
  throw new Error(
    `${file} does not hold a key of ${keyBytes} bytes in base64; put the one there that it had`,
  );
}

function readOrMake(file: string): string {
  const there = read(file);
  if (there !== null) return there;
  mkdirSync(path.dirname(file), { recursive: true });
  const own = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(own, `${randomBytes(keyBytes).toString("base64")}\n`, { mode: 0o600, flush: true });
    // Of two processes that make one at once, the first wins: a link replaces nothing.
    linkSync(own, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(own, { force: true });
  }
  return readFileSync(file, "utf8");
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
