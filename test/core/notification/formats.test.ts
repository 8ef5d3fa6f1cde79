import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonBytes } from "../../../core/json.ts";
import { cut } from "../../../core/notification/cut.ts";
import { slackMessage } from "../../../core/notification/slack-message.ts";
import { teamsCard } from "../../../core/notification/teams-card.ts";

const link = "https://antiphon.test/a";

/** Any text, with much of what is escaped. */
const anyText = fc.string({
  unit: fc.constantFrom("a", "&", "<", ">", "\n", "é", "😀", '"', "\\", " "),
  maxLength: 400,
});
const longText = fc
  .tuple(anyText, fc.integer({ min: 1, max: 400 }))
  .map(([text, times]) => text.repeat(times));

describe("Slack", () => {
  it("the subject is bold and the body mrkdwn, with & < > escaped", () => {
    expect(slackMessage({ subject: "Run <1>\nfailed", body: "a & b", link })).toEqual({
      text: "*Run &lt;1&gt; failed*\na &amp; b",
      blocks: [
        { type: "section", text: { type: "mrkdwn", text: "*Run &lt;1&gt; failed*" } },
        { type: "section", text: { type: "mrkdwn", text: "a &amp; b" } },
      ],
    });
  });

  it("an empty body or subject makes no empty block, which Slack would refuse", () => {
    expect(slackMessage({ subject: "s", body: " \n", link })).toMatchObject({
      blocks: [{ text: { text: "*s*" } }],
    });
    expect(slackMessage({ subject: "", body: "b", link })).toMatchObject({
      text: "b",
      blocks: [{ text: { text: "b" } }],
    });
  });

  it("whatever is said fits: 40,000 characters in blocks of 3,000, nothing lost but what was cut", () => {
    fc.assert(
      fc.property(anyText, longText, (subject, body) => {
        const { text, blocks } = slackMessage({ subject, body, link });
        const shown = (blocks as { text: { text: string } }[]).map((block) => block.text.text);
        expect(String(text).length).toBeLessThanOrEqual(40_000);
        expect(shown.length).toBeLessThanOrEqual(50);
        for (const part of shown) expect(part.length).toBeLessThanOrEqual(3_000);
        const escaped = body.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
        if (escaped.length < 38_000) {
          // Parts of spaces alone are left out.
          const whole = (value: string) => value.replaceAll(/\s/g, "");
          const bold = subject.trim() === "" ? 0 : 1;
          expect(whole(shown.slice(bold).join(""))).toBe(whole(escaped));
        } else if (escaped.length > 40_000) expect(String(text).endsWith(`…\n${link}`)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("Microsoft Teams", () => {
  const options = { wrap: true, includeImage: true };

  it("is an adaptive card with a large subject", () => {
    expect(teamsCard({ subject: "Hi\nthere", body: "**b**", link }, options)).toMatchObject({
      type: "message",
      attachments: [
        {
          contentType: "application/vnd.microsoft.card.adaptive",
          content: {
            type: "AdaptiveCard",
            body: [
              { type: "TextBlock", text: "🔔 Hi there", weight: "Bolder", wrap: true },
              { type: "TextBlock", text: "**b**", wrap: true },
            ],
          },
        },
      ],
    });
    const plain = teamsCard({ subject: "Hi", body: "", link }, { wrap: false, includeImage: false });
    expect(JSON.stringify(plain)).toContain('"text":"Hi","wrap":false');
  });

  it("whatever is said fits into 28 KB", () => {
    fc.assert(
      fc.property(anyText, longText, (subject, body) => {
        expect(jsonBytes(teamsCard({ subject, body, link }, options))).toBeLessThanOrEqual(28_000);
      }),
      { numRuns: 60 },
    );
  });
});

it("what is too long is cut with an ellipsis and a link, and no character in half", () => {
  expect(cut("abcdef", 6, link)).toBe("abcdef");
  expect(cut("abcdefg", 4)).toBe("abc…");
  expect(cut("😀😀😀😀", 3)).toBe("😀😀…");
  expect(cut("a".repeat(40), 30, link)).toBe(`aaaaa…\n${link}`);
  expect(cut("abc", 2, link)).toBe("");
});
