import { describe, expect, it } from "vitest";
import { blockType, blockTypes } from "../../../core/block/block-types.ts";
import { checkDocument } from "../../../core/block/check-document.ts";
import { documentSchema } from "../../../core/block/secret-places.ts";
import { isSigningSecret } from "../../../core/block/signing-secret.ts";

/** The issues of a document, each as `path: message`. */
function issues(slug: string, data: unknown): string[] {
  const type = blockType(slug);
  if (type === null) throw new Error(`no type ${slug}`);
  const checked = checkDocument(type, data);
  return checked.ok ? [] : checked.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

function defaults(slug: string, data: unknown): unknown {
  const type = blockType(slug);
  const checked = type && checkDocument(type, data);
  return checked?.ok ? checked.data : null;
}

const url = "https://hooks.example.org/services/a";
const letter = { host: "smtp.example.org", from: "Ops <ops@example.org>", to: ["a@example.org"] };

it("every problem is told at once, a wrong name with the nearest right one, and no value is repeated", () => {
  expect(issues("webhook", { url: "secret-url", metod: "GET", timeout: 0, verify: "yes" })).toEqual([
    "url: must be a URL that begins with https:// or http://",
    "timeout: must be at least 1",
    "verify: must be true or false",
    'metod: is no field of a block of type webhook; did you mean "method"?',
  ]);
  expect(issues("slack-webhook", {})).toEqual(["url: is required"]);
});

it("defaults are filled in", () => {
  expect(defaults("ms-teams-webhook", { url })).toEqual({ url, wrap: true, include_image: true });
  expect(defaults("webhook", { url })).toEqual({
    url,
    method: "POST",
    headers: {},
    allow_body: false,
    follow_redirects: false,
    timeout: 10,
    verify: true,
  });
});

it.each([
  [
    "a header that is ours",
    { headers: { "Webhook-Id": "1" } },
    "headers.Webhook-Id: is a header that the server",
  ],
  [
    "a header of the connection",
    { headers: { host: "a" } },
    "headers.host: is a header that the server itself",
  ],
  ["no name of a header", { headers: { "a b": "1" } }, "headers.a b: is no name of a header"],
  ["a line break in a header", { headers: { a: "1\r\nb: 2" } }, "headers.a: must not hold line breaks"],
  [
    "no secret to sign with",
    { signing_secret: "secret" },
    "signing_secret: must be whsec_ and 24 to 64 bytes",
  ],
])("webhook: %s is refused", (_what, more, issue) => {
  expect(issues("webhook", { url, ...more })).toEqual([expect.stringContaining(issue)]);
});

it.each([
  ["no address", { to: ["ops"] }, "to.0: must be an e-mail address"],
  ["nobody to write to", { to: [] }, "to: must have an address"],
  ["a line break in an address", { from: "a@b.test\r\nBcc: x@y.test" }, "from: must not hold line breaks"],
  ["a URL as the server", { host: "smtp://a" }, "host: must be the name of a host"],
  ["a port out of range", { port: 70_000 }, "port: must be from 1 to 65535"],
  ["a password without a name", { password: "x" }, "username: is required"],
])("email: %s is refused", (_what, more, issue) => {
  expect(issues("email", { ...letter, ...more })).toEqual(
    expect.arrayContaining([expect.stringContaining(issue)]),
  );
});

it.each(["https://a.test", "a.test:1", "a.test/b", "a.test?b", "u@a.test", "1.2.3.4.5", "[::1", "a b"])(
  "mattermost-webhook: %s is no host",
  (hostname) => {
    expect(issues("mattermost-webhook", { hostname, token: "t" })).toEqual([
      "hostname: must be the name of a host, without a scheme, port or path",
    ]);
  },
);

it("mattermost-webhook: names and addresses are hosts", () => {
  for (const hostname of ["chat", "chat.example.org", "10.0.0.1", "[fd00::1]", "bücher.example"])
    expect(issues("mattermost-webhook", { hostname, token: "t" })).toEqual([]);
});

it.each([
  ["no account", { account_sid: "AC1" }, "account_sid: must be AC and 32 hexadecimal digits"],
  ["a sender too long", { from_phone_number: "Antiphon Ltd." }, "from_phone_number: must be a phone number"],
  ["a name to write to", { to_phone_numbers: ["ada"] }, "to_phone_numbers.0: must be a phone number"],
  ["nobody to write to", { to_phone_numbers: [] }, "to_phone_numbers: must have a phone number"],
])("twilio-sms: %s is refused", (_what, more, issue) => {
  const account = { account_sid: `AC${"0".repeat(32)}`, auth_token: "t" };
  const good = { ...account, from_phone_number: "Antiphon", to_phone_numbers: ["18001234567"] };
  expect(issues("twilio-sms", good)).toEqual([]);
  expect(issues("twilio-sms", { ...good, ...more })).toEqual([expect.stringContaining(issue)]);
});

describe("custom-webhook", () => {
  const good = {
    url: "https://a.test/{{ token }}",
    json_data: { text: "{{ subject }}: {{body}}", list: ["{{ name }}"] },
    secrets: { token: "t" },
  };

  it("names its placeholders", () => expect(issues("custom-webhook", good)).toEqual([]));

  it("an unknown placeholder is refused wherever it is", () => {
    const headers = { authorization: "Bearer {{ tokn }}" };
    const json_data = { deep: [{ "{{ key }}": 1 }] };
    expect(issues("custom-webhook", { ...good, headers, json_data })).toEqual([
      'json_data.deep.0: names "key", which stands for nothing; there is "body", "token", "name", "subject"',
      'headers.authorization: names "tokn", which stands for nothing; did you mean "token"?',
    ]);
  });

  it("JSON and a form together are refused, and so is a secret that takes a name of ours", () => {
    expect(issues("custom-webhook", { ...good, form_data: { a: "b" } })).toEqual([
      "form_data: cannot be sent together with json_data",
    ]);
    expect(issues("custom-webhook", { ...good, secrets: { token: "t", body: "x" } })).toEqual([
      expect.stringMatching(/^secrets\.body: must be/),
    ]);
  });
});

it("the schemas tell forms what is secret", () => {
  const secret = blockTypes.map(({ slug, ...type }) => {
    const marked = JSON.stringify(documentSchema({ slug, ...type })).match(/"writeOnly":true/g) ?? [];
    return [slug, marked.length];
  });
  expect(Object.fromEntries(secret)).toEqual({
    "slack-webhook": 1,
    "slack-token": 1,
    "ms-teams-webhook": 1,
    "discord-webhook": 2,
    "mattermost-webhook": 1,
    email: 1,
    "sendgrid-email": 1,
    "twilio-sms": 1,
    "pager-duty-webhook": 2,
    "opsgenie-webhook": 1,
    "custom-webhook": 3,
    webhook: 4,
    json: 0,
  });
});

it("a signing secret is whsec_ and base64 of 24 to 64 bytes", () => {
  const secret = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString("base64")}`;
  expect([23, 24, 25, 64, 65].map((bytes) => isSigningSecret(secret(bytes)))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(
    ["", "whsec_", "whsec_*", secret(24).slice(6), `${secret(24)}\n`].map(isSigningSecret),
  ).not.toContain(true);
});
