import { leavesOf } from "./leaves.ts";
import type { Subject } from "./match.ts";
import { Group, type Sought } from "./matcher-group.ts";
import { SharedByKey } from "./matcher-shared.ts";
import { type Condition, conditionsOf } from "./matcher-way.ts";
import type { Trigger } from "./trigger.ts";

/**
 * Finds the automations that an event concerns without asking every one of them: by the rarest of what each asks for, be it a name, the
 * beginning or the end of one, or a label of the resource or of a related one. An automation comes and goes without the others being filed
 * anew.
 */
export class Matcher {
  /** What stands for each automation. */
  readonly #automations = new Map<string, Sought<string>[]>();
  readonly #leaves = new Group<string>(new SharedByKey());
  readonly #conditions = new SharedByKey<Condition>();

  /** How many automations it knows. */
  get size(): number {
    return this.#automations.size;
  }

  /** What an automation watches, in the place of what it watched before. */
  set(automationId: string, trigger: Trigger): void {
    this.delete(automationId);
    const all = leavesOf(trigger).map((leaf) => {
      const conditions = conditionsOf(leaf).map((condition) =>
        this.#conditions.share(condition.key, condition),
      );
      return { owner: automationId, conditions, filings: [] };
    });
    for (const sought of all) this.#leaves.add(sought);
    this.#automations.set(automationId, all);
  }

  delete(automationId: string): void {
    for (const leaf of this.#automations.get(automationId) ?? []) {
      this.#leaves.remove(leaf);
      for (const condition of leaf.conditions) this.#conditions.giveUp(condition.key);
    }
    this.#automations.delete(automationId);
  }

  /**
   * The ids of the automations that have an event or metric trigger, at any depth, which wants the event, each once and in no order that
   * means anything. The automation that the event is about is not among them: no trigger is offered the events about its own automation.
   */
  candidates(event: Subject): string[] {
    const found: string[] = [];
    const about = automationIn(event);
    this.#leaves.visit(event, null, (owner, open, via) => {
      for (const test of open) if (!test.holds(event, via)) return;
      if (about === null || about !== owner) found.push(owner);
    });
    return found.length > 1 ? [...new Set(found)] : found;
  }
}

const aboutAutomation = "prefect.automation.";

/** The id of the automation that an event is about; null for every other event. */
function automationIn(event: Subject): string | null {
  const id = event.resource["prefect.resource.id"];
  return id?.startsWith(aboutAutomation) ? id.slice(aboutAutomation.length) : null;
}
