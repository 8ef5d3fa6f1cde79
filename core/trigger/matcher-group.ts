import type { Labels } from "../event/event.ts";
import type { Subject } from "./match.ts";
import { TextIndex } from "./matcher-text-index.ts";
import { breadth, type Condition, type Field, type Literal, type Way } from "./matcher-way.ts";

/** What is looked for: its conditions, and where it stands. */
export interface Sought<Owner> {
  readonly owner: Owner;
  readonly conditions: readonly Condition[];
  readonly filings: Filing<Owner>[];
}

/** One place of something sought: behind some of the ways to it. */
export interface Filing<Owner> {
  readonly owner: Owner;
  /** The conditions that the ways have not proved. */
  readonly open: readonly Condition[];
  readonly sought: Sought<Owner>;
  readonly used: readonly Way[];
  /** Into how many places the used ways divide it. */
  readonly share: number;
  group: Group<Owner>;
  place: number;
}

/** The groups behind a group that is divided, by field. */
class Behind<Owner> {
  // What `*` stands for in a name is at least one character.
  readonly #names = new TextIndex<Group<Owner>>(1);
  readonly #resource = new Map<string, TextIndex<Group<Owner>>>();
  readonly #related = new Map<string, TextIndex<Group<Owner>>>();

  visit(subject: Subject, visit: (group: Group<Owner>) => void): void {
    this.#names.find(subject.event, visit);
    if (this.#resource.size > 0) findByLabels(this.#resource, subject.resource, visit);
    if (this.#related.size > 0)
      for (const labels of subject.related) findByLabels(this.#related, labels, visit);
  }

  get(field: Field, literal: Literal): Group<Owner> | undefined {
    const index = field.of === "name" ? this.#names : this.#labels(field.of).get(field.label);
    return index?.get(literal);
  }

  add(field: Field, literal: Literal, group: Group<Owner>): void {
    this.#index(field).add(literal, group);
  }

  delete(field: Field, literal: Literal): void {
    const index = this.#index(field);
    index.delete(literal);
    if (field.of !== "name" && index.size === 0) this.#labels(field.of).delete(field.label);
  }

  #index(field: Field): TextIndex<Group<Owner>> {
    if (field.of === "name") return this.#names;
    const labels = this.#labels(field.of);
    let index = labels.get(field.label);
    if (index === undefined) {
      index = new TextIndex(0);
      labels.set(field.label, index);
    }
    return index;
  }

  #labels(of: "resource" | "related"): Map<string, TextIndex<Group<Owner>>> {
    return of === "resource" ? this.#resource : this.#related;
  }
}

/** What is done with something that may want an event; `open`: the conditions that are still to be tried. */
export type Attempt<Owner> = (owner: Owner, open: readonly Condition[]) => void;

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
  /** What the first filing says, for most groups have only that one: it is found without a detour. Null where there is none. */
  #open: readonly Condition[] | null = null;
  #owner: Owner | null = null;
  #others: Filing<Owner>[] | null = null;
  #behind: Behind<Owner> | null = null;
  #first: Filing<Owner> | null = null;
  /** Filings in it and in the groups behind it. */
  size = 0;
  readonly #above: Above<Owner> | null;

  constructor(above: Above<Owner> | null = null) {
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
  visit(subject: Subject, attempt: Attempt<Owner>): void {
    if (this.#open !== null && this.#owner !== null) attempt(this.#owner, this.#open);
    if (this.#others !== null) for (const { owner, open } of this.#others) attempt(owner, open);
    this.#behind?.visit(subject, (group) => group.visit(subject, attempt));
  }

  #file(sought: Sought<Owner>, used: readonly Way[], share: number): void {
    if (this.#behind === null && this.size >= crowded) this.#divide();
    const behind = this.#behind;
    const way = behind === null ? undefined : bestWay(behind, sought, used, share);
    if (behind === null || way === undefined) {
      const { owner } = sought;
      this.#put({ owner, open: openOf(sought, used), sought, used, share, group: this, place: 0 });
      return;
    }
    for (const literal of way.literals) {
      let group = behind.get(way.field, literal);
      if (group === undefined) {
        group = new Group<Owner>({ group: this, field: way.field, literal });
        behind.add(way.field, literal, group);
      }
      group.#file(sought, [...used, way], share * way.literals.length);
    }
  }

  #put(filing: Filing<Owner>): void {
    filing.sought.filings.push(filing);
    if (this.#first === null) this.#setFirst(filing);
    else {
      this.#others ??= [];
      filing.place = this.#others.push(filing);
    }
    for (let group: Group<Owner> | undefined = this; group !== undefined; group = group.#above?.group)
      group.size += 1;
  }

  #divide(): void {
    const behind = new Behind<Owner>();
    this.#behind = behind;
    for (const filing of [this.#first, ...(this.#others ?? [])]) {
      if (filing === null) continue;
      if (bestWay(behind, filing.sought, filing.used, filing.share) === undefined) continue;
      filing.sought.filings.splice(filing.sought.filings.indexOf(filing), 1);
      this.#take(filing, false);
      this.#file(filing.sought, filing.used, filing.share);
    }
  }

  #take(filing: Filing<Owner>, removing = true): void {
    const last = this.#others?.pop() ?? this.#first;
    if (last !== null && last !== filing) {
      if (filing.place === 0) this.#setFirst(last);
      else if (this.#others !== null) this.#others[filing.place - 1] = last;
      last.place = filing.place;
    } else if (filing.place === 0) this.#setFirst(null);
    if (this.#others?.length === 0) this.#others = null;
    for (let group: Group<Owner> | undefined = this; group !== undefined; group = group.#above?.group) {
      group.size -= 1;
      if (removing && group.size === 0) group.#leave();
    }
  }

  #setFirst(filing: Filing<Owner> | null): void {
    this.#first = filing;
    this.#open = filing?.open ?? null;
    this.#owner = filing?.owner ?? null;
  }

  #leave(): void {
    this.#behind = null;
    const above = this.#above;
    if (above !== null) above.group.#forget(above.field, above.literal);
  }

  #forget(field: Field, literal: Literal): void {
    this.#behind?.delete(field, literal);
  }
}

/** The way behind which the fewest are; undefined where every way has been gone. */
function bestWay<Owner>(
  behind: Behind<Owner>,
  sought: Sought<Owner>,
  used: readonly Way[],
  share: number,
): Way | undefined {
  let best: Way | undefined;
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

const nothing: readonly Condition[] = [];
/** The lists of one condition, for conditions are shared. */
const alone = new WeakMap<Condition, readonly Condition[]>();

function openOf(sought: Sought<unknown>, used: readonly Way[]): readonly Condition[] {
  const open = sought.conditions.filter(({ ways }) => !ways.some((way) => way.proves && used.includes(way)));
  const [only] = open;
  if (only === undefined) return nothing;
  if (open.length > 1) return open;
  const known = alone.get(only);
  if (known === undefined) alone.set(only, open);
  return known ?? open;
}

function findByLabels<Owner>(
  indexes: Map<string, TextIndex<Group<Owner>>>,
  labels: Labels,
  found: (group: Group<Owner>) => void,
): void {
  for (const label in labels) {
    const value = labels[label];
    if (value !== undefined) indexes.get(label)?.find(value, found);
  }
}
