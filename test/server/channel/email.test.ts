import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerAuthentication, type SMTPServerOptions } from "smtp-server";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { sendNotification } from "../../../server/channel/send-notification.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { selfSigned } from "../../support/self-signed.ts";
import { block, reachesHere } from "./support.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext(reachesHere);
});
afterAll(() => ctx.close());

const open: SMTPServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise<void>((done) => server.close(done))));
});

interface Letter {
  from: string;
  to: string[];
  secure: boolean;
  auth: Pick<SMTPServerAuthentication, "username" | "password"> | null;
  text: string;
}

/** An SMTP server of a test's own, which remembers its letters. */
async function mailServer(options: SMTPServerOptions = {}) {
  const letters: Letter[] = [];
  let auth: Letter["auth"] = null;
  const server = new SMTPServer({
    ...selfSigned,
    authOptional: true,
    onAuth(given, _session, done) {
      auth = { username: given.username, password: given.password };
      if (given.password === "wrong-password") done(new Error("Invalid login"));
      else done(null, { user: given.username });
    },
    onRcptTo({ address }, _session, done) {
      if (!address.startsWith("nobody")) return done();
      done(Object.assign(new Error("no such mailbox"), { responseCode: 550 }));
    },
    onData(stream, { envelope, secure }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        letters.push({ from, to, secure, auth, text: Buffer.concat(chunks).toString("utf8") });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => undefined); // clients that break off
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.server.address() as AddressInfo; // it listens on TCP
  return { letters, place: { host: "127.0.0.1", port, verify: false } };
}

const letter = { from: "Antiphon <antiphon@example.org>", to: ["a@example.org"] };
const message = {
  id: "01-key",
  subject: "Run failed: größer",
  body: "It **failed**.\n\n<script>alert(1)</script>",
  link: null,
};

it("a letter goes by TLS as text and HTML, with its secrets, to all and the hidden ones", async () => {
  const { letters, place } = await mailServer();
  const id = await block(ctx, "email", {
    ...place,
    ...letter,
    username: "antiphon",
    password: "topsecret",
    cc: ["b@example.org"],
    bcc: ["c@example.org"],
  });
  const outcome = await sendNotification(ctx, id, message);
  expect(outcome).toMatchObject({
    kind: "done",
    log: [
      expect.stringMatching(/^SMTP 127\.0\.0\.1:\d+ \(starttls\)$/),
      expect.stringContaining("accepted for"),
      expect.anything(),
    ],
  });
  expect(letters).toMatchObject([
    {
      from: "antiphon@example.org",
      to: ["a@example.org", "b@example.org", "c@example.org"],
      secure: true,
      auth: { username: "antiphon", password: "topsecret" },
    },
  ]);
  const text = letters[0]?.text ?? "";
  expect(text).toMatch(/^Message-ID: <01-key@example\.org>\r$/im);
  expect(text).toMatch(/^Subject: =\?UTF-8\?.+\?=\r$/m);
  expect(text).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(text).not.toContain("c@example.org");
  expect(text).toContain("<p>It <strong>failed</strong>.</p>");
  expect(text).toContain("&lt;script&gt;");
});

it("with security tls TLS comes first, with none there is none", async () => {
  const tls = await mailServer({ secure: true });
  const inTls = await block(ctx, "email", { ...tls.place, ...letter, security: "tls" });
  expect(await sendNotification(ctx, inTls, message)).toMatchObject({ kind: "done" });
  expect(tls.letters).toMatchObject([{ secure: true }]);
  const plain = await mailServer({ disabledCommands: ["STARTTLS"] });
  const bare = await block(ctx, "email", { ...plain.place, ...letter, security: "none" });
  expect(await sendNotification(ctx, bare, message)).toMatchObject({ kind: "done" });
  expect(plain.letters).toMatchObject([{ secure: false }]);
});

it("starttls is never given up, and a certificate has to be good unless it is said otherwise", async () => {
  const plain = await mailServer({ disabledCommands: ["STARTTLS"] });
  const id = await block(ctx, "email", { ...plain.place, ...letter, username: "u", password: "topsecret" });
  expect(await sendNotification(ctx, id, message)).toMatchObject({ kind: "refused" });
  const self = await mailServer();
  const strict = await block(ctx, "email", { ...self.place, ...letter, verify: true });
  expect(await sendNotification(ctx, strict, message)).toMatchObject({
    kind: "again",
    reason: expect.stringContaining("self-signed"),
  });
  expect([...plain.letters, ...self.letters]).toEqual([]);
});

it("a line break in the subject is refused: it would begin another header", async () => {
  const { letters, place } = await mailServer();
  const id = await block(ctx, "email", { ...place, ...letter });
  const subject = "Hello\r\nBcc: victim@example.org";
  expect(await sendNotification(ctx, id, { ...message, subject })).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("line break"),
  });
  expect(letters).toEqual([]);
  expect(await sendNotification(ctx, id, { ...message, subject: "Hello\n" })).toMatchObject({ kind: "done" });
});

it("a failure says why, without the password", async () => {
  const { place } = await mailServer();
  const wrong = await block(ctx, "email", { ...place, ...letter, username: "u", password: "wrong-password" });
  const outcome = await sendNotification(ctx, wrong, message);
  expect(outcome).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("Invalid login"),
    details: { status_code: 535 },
  });
  expect(JSON.stringify(outcome)).not.toContain("wrong-password");
  const nobody = await block(ctx, "email", { ...place, ...letter, to: ["nobody@example.org"] });
  expect(await sendNotification(ctx, nobody, message)).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("no such mailbox"),
  });
  const some = await block(ctx, "email", { ...place, ...letter, cc: ["nobody@example.org"] });
  expect(await sendNotification(ctx, some, message)).toMatchObject({
    kind: "done",
    details: { rejected: ["nobody@example.org"] },
  });
});

it("a server that is busy, or not there, is worth another try; one on a private address is not called", async () => {
  const busy = await mailServer({
    onMailFrom: (_address, _session, done) =>
      done(Object.assign(new Error("later, please"), { responseCode: 451 })),
  });
  const id = await block(ctx, "email", { ...busy.place, ...letter });
  expect(await sendNotification(ctx, id, message)).toMatchObject({
    kind: "again",
    details: { status_code: 451 },
  });
  const gone = await block(ctx, "email", { host: "127.0.0.1", port: 1, ...letter });
  expect(await sendNotification(ctx, gone, message)).toMatchObject({ kind: "again" });
  const forbidden = await block(ctx, "email", { host: "127.0.0.2", ...letter });
  expect(await sendNotification(ctx, forbidden, message)).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("ANTIPHON_ALLOW_PRIVATE_ADDRESSES"),
  });
});
