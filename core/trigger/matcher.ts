import { leavesOf } from "./leaves.ts";
import type { Subject } from "./match.ts";
import { Group, type Sought } from "./matcher-group.ts";
import { SharedConditions } from "./matcher-shared.ts";
import { conditionsOf } from "./matcher-way.ts";
import type { Trigger } from "./trigger.ts";

interface Automation {
  readonly id: string;
  readonly leaves: Sought<Automation>[];
  /** The look-up that has found it. */
  foundBy: number;
}

/**
 * Finds the automations that an event concerns without asking every one of them: by the rarest of what each asks for, be it a name, the
 * beginning or the end of one, or a label of the resource or of a related one. An automation comes and goes without the others being filed
 * anew.
 */
export class Matcher {
  readonly #automations = new Map<string, Automation>();
  readonly #leaves = new Group<Automation>();
  readonly #conditions = new SharedConditions();
  #lookups = 0;

  /** How many automations it knows. */
  get size(): number {
    return this.#automations.size;
  }

  /** What an automation watches, in the place of what it watched before. */
  set(automationId: string, trigger: Trigger): void {
    this.delete(automationId);
    const automation: Automation = { id: automationId, leaves: [], foundBy: 0 };
    for (const leaf of leavesOf(trigger)) {
      const conditions = conditionsOf(leaf).map((condition) => this.#conditions.share(condition));
      const filed = { owner: automation, conditions, filings: [] };
      automation.leaves.push(filed);
      this.#leaves.add(filed);
    }
    this.#automations.set(automationId, automation);
  }

  delete(automationId: string): void {
    for (const leaf of this.#automations.get(automationId)?.leaves ?? []) {
      this.#leaves.remove(leaf);
      for (const condition of leaf.conditions) this.#conditions.giveUp(condition);
    }
    this.#automations.delete(automationId);
  }

  /**
   * The ids of the automations that have an event or metric trigger, at any depth, which wants the event, each once and in no order that
   * means anything. The automation that the event is about is not among them: no trigger is offered the events about its own automation.
   */
  candidates(event: Subject): string[] {
    const found: string[] = [];
    const lookup = ++this.#lookups;
    const about = automationIn(event);
    this.#leaves.visit(event, ({ owner: automation, open }) => {
      for (const condition of open) if (!condition.holds(event)) return;
      if (automation.foundBy === lookup || (about !== null && about === automation.id)) return;
      automation.foundBy = lookup;
      found.push(automation.id);
    });
    return found;
  }
}

const aboutAutomation = "prefect.automation.";

/** The id of the automation that an event is about; null for every other event. */
function automationIn(event: Subject): string | null {
  const id = event.resource["prefect.resource.id"];
  return id?.startsWith(aboutAutomation) ? id.slice(aboutAutomation.length) : null;
}
