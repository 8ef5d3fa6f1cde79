import { expect, it } from "vitest";
import { titleText } from "../../web/ui/time-text.ts";

const moment = "2026-11-21T22:42:19.500Z";

it("actions 8: a moment is said in the zone, which is named, and in UTC", () => {
  expect(titleText(moment, "Europe/Berlin")).toBe(
    "21 Nov 2026, 23:42:19 Europe/Berlin\n21 Nov 2026, 22:42:19 UTC",
  );
});

it("in UTC it is said once", () => {
  expect(titleText(moment, "UTC")).toBe("21 Nov 2026, 22:42:19 UTC");
});
