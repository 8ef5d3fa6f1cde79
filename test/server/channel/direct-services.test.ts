import { describe, expect, it } from "vitest";
import { message, useServices } from "./use-services.ts";

const { send } = useServices();

describe("Twilio", () => {
  const account_sid = `AC${"1f".repeat(16)}`;
  const data = {
    account_sid,
    auth_token: "auth-token",
    from_phone_number: "1 (800) 123-4567",
    to_phone_numbers: ["+49 170 1234567"],
  };
  const created = { status: 201, body: '{"status":"queued"}' };
  const formOf = ({ body }: { body: string }) => Object.fromEntries(new URLSearchParams(body));

  it("gets a message from one number to another, as networks know them, by the account's token", async () => {
    const { outcome, request, headers, body } = await send("twilio-sms", data, { answers: [created] });
    expect(outcome).toMatchObject({ kind: "done", details: { status_code: 201 } });
    expect(request).toBe(`POST https://api.twilio.com/2010-04-01/Accounts/${account_sid}/Messages.json`);
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(headers.authorization).toBe(
      `Basic ${Buffer.from(`${account_sid}:auth-token`).toString("base64")}`,
    );
    expect(formOf({ body })).toEqual({
      From: "+18001234567",
      To: "+491701234567",
      Body: `Run failed\n${message.body}`,
    });
  });

  it("gets one for each number, of a sender's name as it is, and nothing twice for the same", async () => {
    const more = {
      from_phone_number: "Antiphon",
      to_phone_numbers: ["491701234567", "+49 170 1234567", "+49 170 7654321"],
    };
    const { arrived } = await send("twilio-sms", { ...data, ...more });
    expect(
      arrived
        .map(formOf)
        .map(({ From, To }) => [From, To])
        .sort(),
    ).toEqual([
      ["Antiphon", "+491701234567"],
      ["Antiphon", "+491707654321"],
    ]);
  });

  it("is sent 1,600 characters, none of them in half, and the link to the rest", async () => {
    const { body } = await send("twilio-sms", data, { body: "😀".repeat(2_000) });
    const text = formOf({ body }).Body ?? "";
    expect([1_599, 1_600]).toContain(text.length);
    expect(text.isWellFormed()).toBe(true);
    expect(text.endsWith(`😀…\n${message.link}`)).toBe(true);
  });

  it("a wrong token is told without it, in whatever form it comes back", async () => {
    const basic = Buffer.from(`${account_sid}:auth-token`).toString("base64");
    const answers = [{ status: 401, body: `{"code":20003,"message":"Authenticate","got":"Basic ${basic}"}` }];
    const { outcome } = await send("twilio-sms", data, { answers });
    expect(outcome).toMatchObject({ kind: "refused", reason: expect.stringContaining("Authenticate") });
    expect(JSON.stringify(outcome)).not.toContain(basic);
  });
});

describe("SendGrid", () => {
  const data = {
    api_key: "SG.secret",
    sender_email: "Ops <ops@example.org>",
    to_emails: ["ada@example.org", '"Lovelace, Ada" <Ada@example.org>', "bob@example.org"],
  };

  it("gets a letter as text and as HTML, to each address once", async () => {
    const answers = [{ status: 202 }];
    const more = { answers, subject: "Run\nfailed", body: "**no** <script>" };
    const { outcome, request, headers, body } = await send("sendgrid-email", data, more);
    expect(outcome).toMatchObject({ kind: "done", details: { status_code: 202 } });
    expect(request).toBe("POST https://api.sendgrid.com/v3/mail/send");
    expect(headers.authorization).toBe("Bearer SG.secret");
    expect(JSON.parse(body)).toEqual({
      personalizations: [
        { to: [{ email: "Ada@example.org", name: "Lovelace, Ada" }, { email: "bob@example.org" }] },
      ],
      from: { email: "ops@example.org", name: "Ops" },
      subject: "Run failed",
      content: [
        { type: "text/plain", value: "**no** <script>" },
        { type: "text/html", value: "<p><strong>no</strong> &lt;script&gt;</p>" },
      ],
      headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    });
  });

  it("an empty body makes no empty part, which SendGrid would refuse", async () => {
    const { body } = await send("sendgrid-email", data, { body: "" });
    expect(JSON.parse(body).content.map(({ value }: { value: string }) => value)).toEqual([" ", " "]);
  });

  it("a failure says why, without the key", async () => {
    const said = {
      errors: [{ message: "The from address does not match a verified Sender Identity: SG.secret" }],
    };
    const answers = [{ status: 403, body: JSON.stringify(said) }];
    const { outcome } = await send("sendgrid-email", data, { answers });
    expect(outcome).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("does not match a verified Sender Identity"),
    });
    expect(JSON.stringify(outcome)).not.toContain("SG.secret");
  });
});
