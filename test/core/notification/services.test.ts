import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { opsgenieWebhook } from "../../../core/block/opsgenie-webhook.ts";
import { pagerDutyWebhook } from "../../../core/block/pager-duty-webhook.ts";
import { jsonBytes } from "../../../core/json.ts";
import { discordMessage } from "../../../core/notification/discord-message.ts";
import { opsgenieAlert, opsgenieNote } from "../../../core/notification/opsgenie-alert.ts";
import { pagerDutyEvent } from "../../../core/notification/pager-duty-event.ts";
import { textMessage } from "../../../core/notification/text-message.ts";

const link = "https://antiphon.test/a";

/** Texts of all lengths, many of them too long for anything. */
const text = fc
  .tuple(
    fc.string({ unit: fc.constantFrom("a", "\n", "é", "😀", '"', " "), minLength: 1, maxLength: 50 }),
    fc.integer({ min: 0, max: 2_000 }),
  )
  .map(([piece, times]) => piece.repeat(times));

describe("a message as one text", () => {
  it("is the subject, then the body", () => {
    const bold = (title: string) => `**${title}**`;
    expect(textMessage({ subject: "Run\nfailed", body: "a\nb", link }, 100, bold)).toBe(
      "**Run failed**\na\nb",
    );
    expect(textMessage({ subject: " ", body: "b", link }, 100, bold)).toBe("b");
    expect(textMessage({ subject: "s", body: "", link }, 100)).toBe("s");
  });

  it("whatever is said fits, no character is cut in half, and what was cut ends with the link", () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 100, max: 5_000 }), (subject, body, most) => {
        const shown = textMessage({ subject, body, link }, most);
        expect(shown.length).toBeLessThanOrEqual(most);
        expect(shown.isWellFormed()).toBe(true);
        if (body.length > most) expect(shown.endsWith(`…\n${link}`)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

it("Discord: whatever is said fits, and what is empty is left out", () => {
  fc.assert(
    fc.property(text, text, (subject, body) => {
      const { content, embeds } = discordMessage({ subject, body, link });
      expect(String(content ?? "").length).toBeLessThanOrEqual(2_000);
      expect(content === undefined).toBe(subject.trim() === "");
      expect(embeds === undefined).toBe(body.trim() === "");
      const [{ description } = { description: "" }] = (embeds ?? []) as { description: string }[]; // as it is made
      expect(description.length).toBeLessThanOrEqual(4_096);
      expect(description.isWellFormed()).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it("PagerDuty: whatever is said fits, and an incident always has a summary where anything was said", () => {
  const block = pagerDutyWebhook.schema.parse({ integration_key: "key", notify_type: "warning" });
  fc.assert(
    fc.property(text, text, fc.constantFrom(1, 60), (subject, body, times) => {
      const event = pagerDutyEvent({ subject, body: body.repeat(times), link }, block);
      const { summary, severity } = event.payload as { summary: string; severity: string }; // as it is made
      expect(summary.length).toBeLessThanOrEqual(1_024);
      expect(summary.isWellFormed()).toBe(true);
      expect(summary === "").toBe((subject + body).trim() === "");
      expect(severity).toBe("warning");
      expect(jsonBytes(event)).toBeLessThan(512_000);
    }),
    { numRuns: 30 },
  );
});

it("Opsgenie: whatever is said fits, whole characters alone", () => {
  const block = opsgenieWebhook.schema.parse({ apikey: "key" });
  fc.assert(
    fc.property(text, text, (subject, body) => {
      const said = { subject, body, link };
      const { message, description, note } = { ...opsgenieAlert(said, block), ...opsgenieNote(said) };
      expect(String(message).length).toBeLessThanOrEqual(130);
      expect(String(description).length).toBeLessThanOrEqual(15_000);
      expect(String(note).length).toBeLessThanOrEqual(25_000);
      expect([message, description, note].every((part) => String(part).isWellFormed())).toBe(true);
    }),
    { numRuns: 30 },
  );
});
