import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { createSecrets, SealedElsewhereError } from "../../../server/secret/secrets.ts";

const folder = mkdtempSync(path.join(tmpdir(), "antiphon-secrets-"));
afterAll(() => rmSync(folder, { recursive: true }));

const key = (byte: number) => new Uint8Array(32).fill(byte);
const nowhere = path.join(folder, "not-made");

it("opens what it has sealed, and never seals alike twice", () => {
  const secrets = createSecrets(key(1), nowhere);
  const [one, other] = [secrets.seal("grüße", "a"), secrets.seal("grüße", "a")];
  expect(one).not.toBe(other);
  expect([secrets.open(one, "a"), secrets.open(other, "a")]).toEqual(["grüße", "grüße"]);
});

it("opens nothing of another key or another place, and nothing that was changed", () => {
  const secrets = createSecrets(key(1), nowhere);
  const sealed = secrets.seal("secret", "a");
  const broken = `${sealed.slice(0, -6)}${sealed.endsWith("AAAAA=") ? "BBBBB=" : "AAAAA="}`;
  expect(() => secrets.open(sealed, "b")).toThrow(SealedElsewhereError);
  expect(() => secrets.open(broken, "a")).toThrow(SealedElsewhereError);
  expect(() => secrets.open("v1.nothing", "a")).toThrow(SealedElsewhereError);
  expect(() => createSecrets(key(2), nowhere).open(sealed, "a")).toThrow(/ANTIPHON_SECRET_KEY/);
});

it("without a key it makes one in the data folder, for its owner alone, and finds it again", () => {
  const file = path.join(folder, "data", "secret-key");
  const sealed = createSecrets(undefined, file).seal("secret", "a");
  expect(createSecrets(undefined, file).open(sealed, "a")).toBe("secret");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(path.dirname(file))).toEqual(["secret-key"]);
});

it("a key file that holds no key is told, and left as it is", () => {
  const file = path.join(folder, "broken");
  writeFileSync(file, "abc");
  expect(() => createSecrets(undefined, file).seal("secret", "a")).toThrow(/broken does not hold a key/);
});
