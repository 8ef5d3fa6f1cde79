import type { LogEvent } from "../event/event.ts";
import type { Evaluation } from "./evaluate.ts";
import { explainMatch } from "./explain-match.ts";
import { explainComposite, explainMetric } from "./explain-members.ts";
import { explainWindow } from "./explain-window.ts";
import type { Explained } from "./explained.ts";
import type { Subject } from "./match.ts";
import type { CompositeOutcome, MetricOutcome, Step } from "./step.ts";
import type { Composite, Leaf, Node, Watch } from "./watch.ts";

/** What comes of the conditions, and what is to be said. */
export interface Explanation {
  readonly conditions: readonly Explained[];
  /** In one sentence. */
  readonly verdict: string;
}

/** Why no trigger of the automation wants an event; null where one does. */
export function explainUnwanted(watch: Watch, event: Subject): Explanation | null {
  const leaves = watch.leaves.map((leaf) => ({ leaf, conditions: explainMatch(leaf, event) }));
  if (leaves.some(({ conditions }) => conditions.every(({ holds }) => holds))) return null;
  const conditions = leaves.flatMap((one) => one.conditions);
  const [nearest] = leaves.toSorted((a, b) => failed(a.conditions) - failed(b.conditions));
  const because = nearest?.conditions.find(({ holds }) => !holds)?.because ?? "";
  const verdict =
    leaves.length === 1 || nearest === undefined
      ? because
      : `None of its members wants the event; of the nearest, member ${memberText(nearest.leaf)}: ${because}`;
  return { conditions, verdict };
}

/**
 * What an event that was judged did.
 *
 * @param evaluation of this event by this watch
 */
export function explainJudged(watch: Watch, event: LogEvent, evaluation: Evaluation): Explanation {
  const conditions = watch.leaves.flatMap((leaf) => explainLeaf(leaf, event, evaluation.steps));
  const composites = compositesOf(watch.root).flatMap((composite) => {
    const step = stepAt(evaluation.steps, composite.path);
    return step?.kind === "memory" && isOfComposite(step.outcome)
      ? [explainComposite(composite, step.outcome)]
      : [];
  });
  const all = [...conditions, ...composites];
  if (evaluation.firings.length > 0) return { conditions: all, verdict: "It fired on this event." };
  return { conditions: all, verdict: verdictOf(watch, evaluation.steps, event) };
}

function explainLeaf(leaf: Leaf, event: LogEvent, steps: readonly Step[]): Explained[] {
  const match = explainMatch(leaf, event);
  const step = stepAt(steps, leaf.path);
  return step === undefined ? match : [...match, ...explainStep(leaf, step, event)];
}

function explainStep(leaf: Leaf, step: Step, event: LogEvent): Explained[] {
  if (leaf.kind === "event") return step.kind === "bucket" ? explainWindow(leaf, step, event.occurred) : [];
  return step.kind === "memory" && isOfMetric(step.outcome) ? [explainMetric(leaf, step.outcome)] : [];
}

/** How far it came: what the topmost trigger that was reached says. */
function verdictOf(watch: Watch, steps: readonly Step[], event: LogEvent): string {
  const last = steps.at(-1);
  if (last === undefined) return "It did nothing.";
  const composite = compositesOf(watch.root).find(({ path }) => samePath(path, last.path));
  if (composite !== undefined && last.kind === "memory" && isOfComposite(last.outcome))
    return explainComposite(composite, last.outcome).because;
  const sentences = watch.leaves.flatMap((leaf) => {
    const step = stepAt(steps, leaf.path);
    const because =
      step === undefined ? undefined : explainStep(leaf, step, event).find(({ holds }) => !holds)?.because;
    return because === undefined
      ? []
      : [watch.leaves.length === 1 ? because : `Member ${memberText(leaf)}: ${because}`];
  });
  return sentences.join(" ");
}

function compositesOf(node: Node): Composite[] {
  return node.kind === "composite" ? [node, ...node.members.flatMap(compositesOf)] : [];
}

function stepAt(steps: readonly Step[], path: readonly number[]): Step | undefined {
  return steps.findLast((step) => samePath(step.path, path));
}

function samePath(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((member, index) => member === b[index]);
}

function isOfComposite(outcome: CompositeOutcome | MetricOutcome): outcome is CompositeOutcome {
  return outcome.kind !== "measured";
}

function isOfMetric(outcome: CompositeOutcome | MetricOutcome): outcome is MetricOutcome {
  return outcome.kind !== "waiting";
}

function failed(conditions: readonly Explained[]): number {
  return conditions.filter(({ holds }) => !holds).length;
}

function memberText({ path }: Leaf): string {
  return path.map((member) => member + 1).join(".");
}
