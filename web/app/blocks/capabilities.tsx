import type { BlockCapability } from "../../gql/graphql.ts";

const words: Record<BlockCapability, string> = { NOTIFY: "sends messages", CALL: "calls systems" };

/** What blocks of a type are good for. */
export function Capabilities({ of }: { of: readonly BlockCapability[] }) {
  if (of.length === 0) return <span className="text-xs text-faint">holds a value</span>;
  return <span className="text-xs text-soft">{of.map((each) => words[each]).join(", ")}</span>;
}
