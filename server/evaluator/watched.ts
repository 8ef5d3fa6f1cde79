import { Matcher } from "../../core/trigger/matcher.ts";
import type { Trigger } from "../../core/trigger/trigger.ts";
import { type Touch, touches, type Watch, watch } from "../../core/trigger/watch.ts";
import { type WatchedLeaf, Watches } from "../../core/trigger/watches.ts";
import type { Change, Definition } from "./definitions.ts";
import type { ReadEvent } from "./read-log.ts";

/** An automation that watches. */
export interface WatchedAutomation {
  readonly definition: Definition;
  readonly watch: Watch;
  /** Of its trigger at every level. */
  readonly triggerIds: readonly string[];
}

/** An event and an automation that it concerns. */
export interface Wanted {
  readonly watch: Watch;
  readonly touches: readonly Touch[];
}

/** What a change of an automation means for what has been watched. */
export interface Effect {
  /** Triggers whose state is to go. */
  readonly dropped: readonly string[];
  /** What is watched from now on, and was not before. */
  readonly started: WatchedAutomation | null;
}

/** A trigger that cannot even be asked whether it wants an event: a mistake of ours, which stops its automation and no other. */
export class Poisoned extends Error {
  override readonly name = "Poisoned";
  constructor(
    readonly definition: Pick<Definition, "automationId" | "triggerVersion">,
    override readonly cause: unknown,
  ) {
    super(`the trigger of automation ${definition.automationId} cannot be watched: ${String(cause)}`);
  }
}

/** The automations that watch, as of one position of the log. */
export class Watched {
  readonly #matcher = new Matcher();
  readonly #automations = new Map<string, WatchedAutomation>();
  readonly #byTrigger = new Map<string, WatchedAutomation>();
  readonly #watches = new Watches();

  /** @param poisoned automations that are left out, by the version of the trigger that throws */
  constructor(
    definitions: readonly Definition[],
    private readonly poisoned: ReadonlyMap<string, number>,
  ) {
    for (const definition of definitions) if (!this.#isPoisoned(definition)) this.#add(definition);
  }

  /**
   * What the event is to each automation of which some trigger wants it.
   *
   * @throws Poisoned
   */
  wanted(event: ReadEvent): Wanted[] {
    try {
      return this.#matcher
        .candidates(event)
        .flatMap((id) => this.#automations.get(id) ?? [])
        .map((automation) => wantedBy(automation, event));
    } catch (cause) {
      // The matcher asks all at once: one after the other tells whose trigger it was.
      for (const automation of this.#automations.values()) wantedBy(automation, event);
      throw cause;
    }
  }

  /** By the id of a trigger at any level. */
  byTrigger(triggerId: string): WatchedAutomation | undefined {
    return this.#byTrigger.get(triggerId);
  }

  /** By the id of a trigger that keeps windows. */
  leaf(triggerId: string): WatchedLeaf | undefined {
    return this.#watches.leaf(triggerId);
  }

  get(automationId: string): WatchedAutomation | undefined {
    return this.#automations.get(automationId);
  }

  /** State is kept where the trigger is the same and was watched without a break. */
  apply(change: Change): Effect {
    const { automationId } = change;
    const definition =
      change.definition === null || this.#isPoisoned(change.definition) ? null : change.definition;
    const before = this.#automations.get(automationId);
    if (before !== undefined && definition?.triggerVersion === before.definition.triggerVersion) {
      this.#put({ ...before, definition });
      return { dropped: [], started: null };
    }
    const dropped = before?.triggerIds ?? [];
    this.#remove(automationId);
    return { dropped, started: definition === null ? null : this.#add(definition) };
  }

  #isPoisoned({ automationId, triggerVersion }: Definition): boolean {
    return this.poisoned.get(automationId) === triggerVersion;
  }

  #remove(automationId: string): void {
    const before = this.#automations.get(automationId);
    if (before === undefined) return;
    for (const id of before.triggerIds) this.#byTrigger.delete(id);
    this.#watches.remove(before.watch);
    this.#automations.delete(automationId);
    this.#matcher.delete(automationId);
  }

  #add(definition: Definition): WatchedAutomation {
    const { automationId, triggerVersion, automation } = definition;
    const { trigger } = automation;
    const watched = poisonous(definition, () => {
      this.#matcher.set(automationId, trigger);
      return {
        definition,
        watch: watch(trigger, { automationId, triggerVersion, order: orderOf(automationId) }),
        triggerIds: idsOf(trigger),
      };
    });
    this.#watches.add(watched.watch);
    this.#put(watched);
    return watched;
  }

  #put(watched: WatchedAutomation): void {
    this.#automations.set(watched.definition.automationId, watched);
    for (const id of watched.triggerIds) this.#byTrigger.set(id, watched);
  }
}

function wantedBy({ definition, watch }: WatchedAutomation, event: ReadEvent): Wanted {
  return poisonous(definition, () => ({ watch, touches: touches(watch, event) }));
}

/** @throws Poisoned in the place of what `work` throws */
function poisonous<T>(definition: Definition, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new Poisoned(definition, cause);
  }
}

function idsOf(trigger: Trigger): string[] {
  return "triggers" in trigger ? [trigger.id, ...trigger.triggers.flatMap(idsOf)] : [trigger.id];
}

/** Ids are ordered by time: automations follow in the order of their creation. */
function orderOf(automationId: string): number {
  return Number.parseInt(automationId.replaceAll("-", "").slice(0, 12), 16);
}
