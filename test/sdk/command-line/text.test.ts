import { expect, it } from "vitest";
import { differences } from "../../../sdk/cli/automation/differences.ts";
import { markdownText, unmarked } from "../../../sdk/cli/text/markdown.ts";
import { columnsOf, cut, plain, wrapped } from "../../../sdk/cli/text/plain.ts";
import { table } from "../../../sdk/cli/text/table.ts";

it("what would steer a terminal is shown instead of sent", () => {
  expect(plain("a\u001b[31mb\r\nc\u007f")).toBe("a\\u001b[31mb\\r\\nc\\u007f");
  expect(plain("Größe 暂停 🦊")).toBe("Größe 暂停 🦊");
});

it("texts are as wide as they look, and are cut and broken so", () => {
  expect([columnsOf("abc"), columnsOf("暂停"), columnsOf("e\u0301"), columnsOf("🦊")]).toEqual([3, 4, 1, 2]);
  expect(cut("暂停的自动化", 7)).toBe("暂停的…");
  expect(cut("short", 5)).toBe("short");
  expect(wrapped("when order.paid happens", 15)).toEqual(["when order.paid", "happens"]);
  expect(wrapped("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
});

it("a table has its columns under their titles, and is none where the terminal is too narrow", () => {
  const columns = [
    { title: "NAME", of: ([name]: string[]) => name ?? "" },
    { title: "ID", of: ([, id]: string[]) => id ?? "" },
  ];
  const rows = [
    ["暂停", "1"],
    ["b", "22"],
  ];
  expect(table(columns, rows, 8)).toBe("NAME  ID\n暂停  1\nb     22");
  expect(table(columns, rows, 7)).toBeNull();
});

it("texts differ by the fewest lines, with what is around them", () => {
  const before = "a\nb\nc\nd\ne\nf\ng\n";
  expect(differences(before, "a\nb\nc\nd\ne\nF\ng\nh\n")).toBe(
    ["    …", "    d", "    e", "  - f", "  + F", "    g", "  + h"].join("\n"),
  );
  expect(differences("", "a\n")).toBe("  + a");
  expect(differences(before, before)).toBe("    …");
});

it("Markdown stands out on a terminal, and steers it nowhere else", () => {
  const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;
  expect(markdownText("# Your order #\n- **Which** `size`?\n[here](https://x.y) <b>\u001b[2J")).toBe(
    [
      bold("Your order"),
      `- ${bold("Which")} \u001b[36msize\u001b[39m?`,
      "here (https://x.y) <b>\\u001b[2J",
    ].join("\n"),
  );
});

it.each([
  ["**Ann** claims *80.10 EUR*.", "Ann claims 80.10 EUR."],
  ["# **Order** 17 #", "Order 17 #"],
  ["> - *Which* `size`?", "Which size?"],
  ["2) __both__ or _one_", "both or one"],
  ["* 2 * 3 * 4", "2 * 3 * 4"],
  ["file_name_here and 2*3*4", "file_name_here and 2*3*4"],
  ["#17 is -1", "#17 is -1"],
])("a line of Markdown is told without its marks: %s", (line, text) => {
  expect(unmarked(line)).toBe(text);
});
