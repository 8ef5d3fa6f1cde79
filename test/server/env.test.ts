import { expect, it } from "vitest";
import { readSettings, urlOf } from "../../server/env.ts";

it("has a value for each setting that is not given, or given empty", () => {
  expect(readSettings({ PORT: "", HOST: "" })).toMatchObject({
    host: "127.0.0.1",
    port: 4200,
    databaseUrl: undefined,
    dataDir: ".antiphon",
    publicUrl: "http://127.0.0.1:4200",
    allowedOrigins: [],
    maxRequestBytes: 67_108_864,
    maxDepth: 20,
    maxValueBytes: 524_288,
    validationTimeout: 5_000,
    logRetention: 30,
  });
});

it("reads what is given", () => {
  const env = {
    PORT: "80",
    ANTIPHON_PUBLIC_URL: "https://a.example/console/",
    ANTIPHON_ALLOWED_ORIGINS: "https://b.example/, http://c.example:8080",
    ANTIPHON_VALIDATION_TIMEOUT: "0.5",
  };
  expect(readSettings(env)).toMatchObject({
    port: 80,
    publicUrl: "https://a.example/console",
    allowedOrigins: ["https://b.example", "http://c.example:8080"],
    validationTimeout: 500,
  });
});

it("names every setting that is wrong, with its value", () => {
  const env = { PORT: "many", ANTIPHON_PUBLIC_URL: "a.example", ANTIPHON_ALLOWED_ORIGINS: "friend" };
  expect(() => readSettings(env)).toThrow(
    /PORT=many: must be a whole number from 0 to 65535\n.*ANTIPHON_PUBLIC_URL=a\.example: .+\n.*ANTIPHON_ALLOWED_ORIGINS=friend: "friend" is no origin/,
  );
});

it("says where a server is reached", () => {
  expect([urlOf("0.0.0.0", 1), urlOf("::1", 2), urlOf("10.0.0.1", 3)]).toEqual([
    "http://localhost:1",
    "http://[::1]:2",
    "http://10.0.0.1:3",
  ]);
});
