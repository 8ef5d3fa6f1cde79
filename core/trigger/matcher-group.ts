import type { Labels } from "../event/event.ts";
import type { Subject } from "./match.ts";
import { TextIndex } from "./matcher-text-index.ts";
import { breadth, type Condition, type Field, type Literal, type Way } from "./matcher-way.ts";

/** What is looked for: its conditions, and where it stands. */
export interface Sought {
  readonly conditions: readonly Condition[];
  readonly filings: Filing[];
}

/** One place of something sought: behind some of the ways to it. */
export interface Filing<T extends Sought = Sought> {
  readonly sought: T;
  readonly used: readonly Way[];
  /** The conditions that the ways have not proved. */
  readonly open: readonly Condition[];
  /** Into how many places the used ways divide it. */
  readonly share: number;
  group: Group<T>;
  place: number;
}

/** The groups behind a group that is divided, by field. */
class Behind<T extends Sought> {
  readonly #names = new TextIndex<Group<T>>();
  readonly #resource = new Map<string, TextIndex<Group<T>>>();
  readonly #related = new Map<string, TextIndex<Group<T>>>();

  visit(subject: Subject, visit: (group: Group<T>) => void): void {
    this.#names.find(subject.event, visit);
    if (this.#resource.size > 0) findByLabels(this.#resource, subject.resource, visit);
    if (this.#related.size > 0)
      for (const labels of subject.related) findByLabels(this.#related, labels, visit);
  }

  get(field: Field, literal: Literal): Group<T> | undefined {
    const index = field.of === "name" ? this.#names : this.#labels(field.of).get(field.label);
    return index?.get(literal);
  }

  add(field: Field, literal: Literal, group: Group<T>): void {
    this.#index(field).add(literal.at, group);
  }

  delete(field: Field, literal: Literal): void {
    const index = this.#index(field);
    index.delete(literal);
    if (field.of !== "name" && index.size === 0) this.#labels(field.of).delete(field.label);
  }

  #index(field: Field): TextIndex<Group<T>> {
    if (field.of === "name") return this.#names;
    const labels = this.#labels(field.of);
    let index = labels.get(field.label);
    if (index === undefined) {
      index = new TextIndex();
      labels.set(field.label, index);
    }
    return index;
  }

  #labels(of: "resource" | "related"): Map<string, TextIndex<Group<T>>> {
    return of === "resource" ? this.#resource : this.#related;
  }
}

interface Above<T extends Sought> {
  readonly group: Group<T>;
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
export class Group<T extends Sought = Sought> {
  /** Filings in it and in the groups behind it. */
  size = 0;
  readonly #here: Filing<T>[] = [];
  #behind: Behind<T> | null = null;
  /** What it is kept by in the group above it. */
  readonly text: string;
  readonly #above: Above<T> | null;

  constructor(above: Above<T> | null = null) {
    this.#above = above;
    this.text = above?.literal.text ?? "";
  }

  add(sought: T): void {
    // It wants no event at all.
    if (sought.conditions.some(({ ways }) => ways.some((way) => way.literals.length === 0))) return;
    this.#file(sought, [], 1);
  }

  remove(sought: T): void {
    // The filings of something sought are made here, by `#file`, from a T.
    for (const filing of sought.filings.splice(0) as Filing<T>[]) filing.group.#take(filing);
  }

  /** Tries everything that may want the event, some of it more than once. */
  visit(subject: Subject, attempt: (filing: Filing<T>) => void): void {
    for (const filing of this.#here) attempt(filing);
    this.#behind?.visit(subject, (group) => group.visit(subject, attempt));
  }

  #file(sought: T, used: readonly Way[], share: number): void {
    if (this.#behind === null && this.#here.length >= crowded) this.#divide();
    const behind = this.#behind;
    const way = behind === null ? undefined : bestWay(behind, sought, used, share);
    if (behind === null || way === undefined) {
      const filing = {
        sought,
        used,
        open: openOf(sought, used),
        share,
        group: this,
        place: this.#here.length,
      };
      this.#here.push(filing);
      sought.filings.push(filing);
      for (let group: Group<T> | undefined = this; group !== undefined; group = group.#above?.group)
        group.size += 1;
      return;
    }
    for (const literal of way.literals) {
      let group = behind.get(way.field, literal);
      if (group === undefined) {
        group = new Group<T>({ group: this, field: way.field, literal });
        behind.add(way.field, literal, group);
      }
      group.#file(sought, [...used, way], share * way.literals.length);
    }
  }

  #divide(): void {
    const behind = new Behind<T>();
    this.#behind = behind;
    for (const filing of [...this.#here]) {
      if (bestWay(behind, filing.sought, filing.used, filing.share) === undefined) continue;
      filing.sought.filings.splice(filing.sought.filings.indexOf(filing), 1);
      this.#take(filing, false);
      this.#file(filing.sought, filing.used, filing.share);
    }
  }

  #take(filing: Filing<T>, removing = true): void {
    const last = this.#here.pop();
    if (last !== undefined && last !== filing) {
      this.#here[filing.place] = last;
      last.place = filing.place;
    }
    for (let group: Group<T> | undefined = this; group !== undefined; group = group.#above?.group) {
      group.size -= 1;
      if (removing && group.size === 0) group.#leave();
    }
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
function bestWay<T extends Sought>(
  behind: Behind<T>,
  sought: T,
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

function openOf(sought: Sought, used: readonly Way[]): readonly Condition[] {
  const open = sought.conditions.filter(({ ways }) => !ways.some((way) => way.proves && used.includes(way)));
  return open.length === 0 ? nothing : open;
}

function findByLabels<T extends Sought>(
  indexes: Map<string, TextIndex<Group<T>>>,
  labels: Labels,
  found: (group: Group<T>) => void,
): void {
  for (const label in labels) {
    const value = labels[label];
    if (value !== undefined) indexes.get(label)?.find(value, found);
  }
}
