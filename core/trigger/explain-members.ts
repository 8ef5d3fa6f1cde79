import { documentPath, type Explained, instantText } from "./explained.ts";
import type { CompositeOutcome, MetricOutcome } from "./step.ts";
import type { Composite, MetricLeaf } from "./watch.ts";

/** What a member's firing did to the composite above it. */
export function explainComposite(composite: Composite, outcome: CompositeOutcome): Explained {
  const { trigger, members, needed, path } = composite;
  const at = documentPath(path, trigger.type === "compound" ? "require" : "triggers");
  const expected =
    trigger.type === "sequence"
      ? `all ${members.length} members, in their order`
      : `${needed} of ${members.length} members`;
  if (outcome.kind === "fired") return { path: at, holds: true, expected, actual: expected, because: "" };
  const known = outcome.members.map((member) => member + 1).join(", ");
  const actual = outcome.outOfOrder
    ? "all have fired, in another order"
    : `${outcome.members.length} remembered: ${known}`;
  const forgotten =
    outcome.forgotten.length === 0
      ? ""
      : `; ${outcome.forgotten.map((member) => member + 1).join(", ")} fired too long before`;
  return {
    path: at,
    holds: false,
    expected,
    actual,
    because: outcome.outOfOrder
      ? "Its member fired, and all have, but not in their order: the later ones must come again."
      : `Its member fired, and of the ${needed} that are needed ${outcome.members.length} ${outcome.members.length === 1 ? "is" : "are"} remembered (${known})${forgotten}.`,
  };
}

/** What an event did to a metric's figure. Only the clock makes one fire. */
export function explainMetric({ trigger, path }: MetricLeaf, outcome: MetricOutcome): Explained {
  const { name, operator, threshold, firingFor } = trigger.metric;
  const at = documentPath(path, "metric");
  const expected = `${name} ${operator} ${threshold} for ${firingFor} s`;
  if (outcome.kind === "fired") return { path: at, holds: true, expected, actual: "it lasted", because: "" };
  const value = outcome.value === null ? "no data" : String(outcome.value);
  const since = outcome.since === null ? "" : ` since ${instantText(outcome.since)}`;
  return {
    path: at,
    holds: false,
    expected,
    actual: value,
    because: `It was taken in: ${name} is ${value} then, ${outcome.breach ? "a breach" : "no breach"}${since === "" ? "" : `, and contrary to the state${since}`}; only the clock makes a metric fire.`,
  };
}
