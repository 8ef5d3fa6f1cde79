import { textProblem } from "./json.ts";

/** Characters of the longest name. */
const longestName = 255;

/**
 * What is wrong with the name of something that people look up by it; null where nothing is. Some nouns ask more of theirs.
 */
export function nameProblem(name: string): string | null {
  if (name === "" || name.length > longestName)
    return `must have 1 to ${longestName} characters; it has ${name.length}`;
  return textProblem(name) ?? blankProblem(name);
}

/** What is wrong with a name or a tag that nobody could see; null where there is something to see. */
export function blankProblem(text: string): string | null {
  return /[^\s\p{Cc}\p{Cf}]/u.test(text) ? null : "must not be blank: give it letters, digits or signs";
}
