import { describe, expect, it } from "vitest";
import { momentForms, timeForms, toLocalInput } from "../../web/form/model/date-time.ts";
import { durationInWords } from "../../web/form/model/duration.ts";

describe("moments", () => {
  it("are shown on this computer's clock and written as the same moment again", () => {
    const moment = "2026-07-01T10:20:30.000Z";
    expect(momentForms(toLocalInput(moment))[0]).toBe(moment);
  });

  it("can be written in several forms, and are none where nothing was picked", () => {
    const forms = momentForms("2026-07-01T10:20");
    expect(forms[1]).toMatch(/^2026-.*:00Z$/);
    expect(forms[3]).toBe("2026-07-01T10:20:00");
    expect(momentForms("")).toEqual([]);
    expect(toLocalInput("yesterday")).toBe("");
    expect(timeForms("09:30")).toContain("09:30:00");
  });
});

it.each([
  ["PT1H30M", "1 hour 30 minutes"],
  ["P1DT0.5S", "1 day 0.5 seconds"],
  ["P2W", "2 weeks"],
  ["PT", null],
  ["P", null],
  ["1h", null],
])("reads the duration %s", (text, words) => {
  expect(durationInWords(text)).toBe(words);
});
