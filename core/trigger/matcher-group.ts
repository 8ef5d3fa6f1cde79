import type { Labels } from "../event/event.ts";
import type { Subject } from "./match.ts";
import { Behind } from "./matcher-behind.ts";
import type { SharedByKey } from "./matcher-shared.ts";
import { breadth, type Condition, type Field, type Literal, type Test, type Way } from "./matcher-way.ts";

/** What is looked for: its conditions, and where it stands. */
export interface Sought<Owner> {
  readonly owner: Owner;
  readonly conditions: readonly Condition[];
  readonly filings: Filing<Owner>[];
}

/** One place of something sought: behind some of the ways to it. */
export interface Filing<Owner> {
  readonly owner: Owner;
  /** What the ways have left of the conditions. */
  readonly open: readonly Test[];
  readonly sought: Sought<Owner>;
  readonly used: readonly Way[];
  /** Into how many places the used ways divide it. */
  readonly share: number;
  group: Group<Owner>;
  place: number;
}

/** What is done with something that may want an event; `open`: the tests that are left, `via`: what they are told of the way. */
export type Attempt<Owner> = (owner: Owner, open: readonly Test[], via: Labels | null) => void;

interface Above<Owner> {
  readonly group: Group<Owner>;
  readonly field: Field;
  readonly literal: Literal;
}

/** So many are faster tried one by one than found. */
const crowded = 8;
/** What many alternatives in several fields may multiply to. */
const maxShare = 256;

/**
 * Leaves among which an event finds those that may want it. A few are tried one by one; a crowd is divided, each leaf going the way
 * behind which the fewest stand, and what stands there is a group again. So what many have in common divides nobody, and
 * the rarest that each asks for finds it.
 */
export class Group<Owner> {
  /** Filings in it and in the groups behind it. */
  size = 0;
  readonly #filings: Filing<Owner>[] = [];
  #behind: Behind<Owner> | null = null;
  readonly #tests: SharedByKey<readonly Test[]>;
  readonly #above: Above<Owner> | null;

  /** @param tests what is left to try, of which thousands of filings have the same */
  constructor(tests: SharedByKey<readonly Test[]>, above: Above<Owner> | null = null) {
    this.#tests = tests;
    this.#above = above;
  }

  add(sought: Sought<Owner>): void {
    // It wants no event at all.
    if (sought.conditions.some(({ ways }) => ways.some((way) => way.literals.length === 0))) return;
    this.#file(sought, [], 1);
  }

  remove(sought: Sought<Owner>): void {
    for (const filing of sought.filings.splice(0)) filing.group.#take(filing);
  }

  /** Tries everything that may want the event, some of it more than once. */
  visit(subject: Subject, via: Labels | null, attempt: Attempt<Owner>): void {
    for (const { owner, open } of this.#filings) attempt(owner, open, via);
    this.#behind?.visit(subject, (group, owner, open, by) => {
      if (owner !== null && open !== null) attempt(owner, open, by);
      else group.visit(subject, by, attempt);
    });
  }

  #file(sought: Sought<Owner>, used: readonly Way[], share: number): void {
    if (this.#behind === null && this.size >= crowded) this.#divide();
    const behind = this.#behind;
    const way = behind === null ? null : bestWay(behind, sought, used, share);
    if (behind === null || way === null) {
      const left = sought.conditions.flatMap((condition) => leftOf(condition, used));
      const open = this.#tests.share(keyOf(left), left);
      this.#put({ owner: sought.owner, open, sought, used, share, group: this, place: 0 });
      return;
    }
    const { field } = way;
    for (const literal of way.literals) {
      let group = behind.get(field, literal);
      if (group === null) {
        group = new Group<Owner>(this.#tests, { group: this, field, literal });
        behind.add(field, literal, group);
      }
      group.#file(sought, [...used, way], share * way.literals.length);
    }
  }

  #put(filing: Filing<Owner>): void {
    filing.sought.filings.push(filing);
    filing.place = this.#filings.push(filing) - 1;
    this.#show();
    for (let group: Group<Owner> | undefined = this; group !== undefined; group = group.#above?.group)
      group.size += 1;
  }

  #divide(): void {
    const behind = new Behind<Owner>();
    this.#behind = behind;
    for (const filing of [...this.#filings]) {
      if (bestWay(behind, filing.sought, filing.used, filing.share) === null) continue;
      filing.sought.filings.splice(filing.sought.filings.indexOf(filing), 1);
      this.#take(filing, false);
      this.#file(filing.sought, filing.used, filing.share);
    }
  }

  #take(filing: Filing<Owner>, removing = true): void {
    this.#tests.giveUp(keyOf(filing.open));
    const last = this.#filings.pop();
    if (last !== undefined && last !== filing) {
      this.#filings[filing.place] = last;
      last.place = filing.place;
    }
    this.#show();
    for (let group: Group<Owner> | undefined = this; group !== undefined; group = group.#above?.group) {
      group.size -= 1;
      if (removing && group.size === 0) group.#leave();
    }
  }

  /** Where one filing is all that it has, those that come find that one and not the group. */
  #show(): void {
    if (this.#above === null) return;
    const { group, field, literal } = this.#above;
    const [filing] = this.#filings;
    const isAll = filing !== undefined && this.#filings.length === 1 && this.#behind === null;
    group.#behind?.show(field, literal, isAll ? filing.owner : null, isAll ? filing.open : null);
  }

  #leave(): void {
    this.#behind = null;
    if (this.#above === null) return;
    const { group, field, literal } = this.#above;
    group.#behind?.delete(field, literal);
  }
}

/** The way behind which the fewest are; null where every way has been gone. */
function bestWay<Owner>(
  behind: Behind<Owner>,
  sought: Sought<Owner>,
  used: readonly Way[],
  share: number,
): Way | null {
  let best: Way | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const condition of sought.conditions) {
    for (const way of condition.ways) {
      if (used.includes(way) || (share > 1 && share * way.literals.length > maxShare)) continue;
      let cost = 0;
      for (const literal of way.literals)
        cost += ((behind.get(way.field, literal)?.size ?? 0) + 1) * breadth(literal);
      if (cost < least) [best, least] = [way, cost];
    }
  }
  return best;
}

/** What is still to be tried of a condition behind these ways. */
function leftOf(condition: Condition, used: readonly Way[]): Test | [] {
  let least: Test = condition;
  for (const way of used) {
    if (way.left === "all" || !condition.ways.includes(way)) continue;
    if (way.left === "nothing") return [];
    // Which related resource has led here is known of the last way only.
    if (way.field.of !== "related" || way === used.at(-1)) least = way.left;
  }
  return least;
}

function keyOf(tests: readonly Test[]): string {
  return tests.map(({ key }) => key).join("\n");
}
