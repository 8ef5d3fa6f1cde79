import type { Fields } from "./fields.ts";
import type { Given, Reading } from "./reading.ts";

/** The one member of an object of GraphQL's `@oneOf`; null, with the problem noted, where it has none, several, or a null. */
export function readOneOf<const Member extends string>(
  reading: Reading,
  fields: Fields,
  members: readonly Member[],
): { member: Member; given: Given } | null {
  const present = members.flatMap((member) => {
    const given = fields.get(member);
    return given === null ? [] : [{ member, given }];
  });
  const [only, ...more] = present;
  if (only === undefined || more.length > 0) {
    const names = present.map(({ given }) => given.path.at(-1));
    const has = names.length === 0 ? "none of them" : names.join(" and ");
    reading.refuse(
      fields.path,
      `must have exactly one of ${fields.spellings(members).join(", ")}; it has ${has}`,
    );
    return null;
  }
  if (only.given.value !== null) return only;
  reading.refuse(only.given.path, "must not be null");
  return null;
}
