import { columnsOf, plain } from "./plain.ts";
import { styled } from "./style.ts";

/** Names and what there is to say of each, one below the other; what is null is left out. Several lines stay under each other. */
export function factsText(facts: ReadonlyArray<readonly [name: string, value: string | null]>): string {
  const shown = facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  const width = Math.max(...shown.map(([name]) => columnsOf(name)));
  const indent = " ".repeat(width + 2);
  return shown
    .map(([name, value]) => {
      const text = value.split("\n").map(plain).join(`\n${indent}`);
      return `${styled("dim", name)}${" ".repeat(width - columnsOf(name) + 2)}${text}`.trimEnd();
    })
    .join("\n");
}
