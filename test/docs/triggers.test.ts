import { expect, it } from "vitest";
import { parse } from "yaml";
import { at, fires, type Told } from "../core/trigger/support/tell.ts";
import { blocksOf, textOf } from "./support/pages.ts";

const page = "docs/triggers.md";
const blocks = blocksOf(page);

/** The page's stories: a trigger, and right behind it what befalls it. */
const stories = blocks.flatMap((block, index) => {
  const told = blocks[index + 1];
  return block.language === "yaml" && told !== undefined
    ? [{ line: block.line, trigger: block.text, told: told.text }]
    : [];
});

/** ` 9  walked  willie  colour=red  → key`: the instant, the event, its resource with further labels, and that the trigger fires. */
function read(told: string): { events: Told[]; fired: string[]; until: number } {
  const events: Told[] = [];
  const fired: string[] = [];
  let until = 0;
  for (const line of told.trimEnd().split("\n")) {
    const [before = "", key] = line.split("→");
    const [seconds = "", name = "", of = "", ...labels] = before.trim().split(/\s+/);
    until = Number(seconds);
    const by = name === "(nothing)" ? "the clock" : `#${events.length}`;
    if (key !== undefined) fired.push(`${until} by ${by}${key.trim() === "" ? "" : ` [${key.trim()}]`}`);
    if (name !== "(nothing)") {
      events.push(
        at(until, name, { of, labels: Object.fromEntries(labels.map((label) => label.split("="))) }),
      );
    }
  }
  return { events, fired, until };
}

it("the page tells stories of every kind of trigger", () => {
  expect(stories.length).toBe(textOf(page).match(/^```text story$/gm)?.length);
  expect(stories.length).toBeGreaterThan(9);
});

it.each(stories)("the story at line $line is true", ({ trigger, told }) => {
  const { events, fired, until } = read(told);
  expect(fires(parse(trigger), events, until)).toEqual(fired);
});
