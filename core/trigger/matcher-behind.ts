import type { Labels } from "../event/event.ts";
import type { Subject } from "./match.ts";
import type { Group } from "./matcher-group.ts";
import { TextIndex } from "./matcher-text-index.ts";
import type { Found } from "./matcher-text-table.ts";
import type { Field, Literal, Test } from "./matcher-way.ts";

type Index<Owner> = TextIndex<Group<Owner>, Owner, readonly Test[]>;
/** The last is the related resource that has the literal, where it is one's. */
type GroupFound<Owner> = Found<Group<Owner>, Owner, readonly Test[], Labels | null>;

/** Groups by a literal and the field that it is looked for in. Those of one filing are found with what this one says. */
export class Behind<Owner> {
  // What `*` stands for in a name is at least one character.
  readonly #names = new TextIndex<Group<Owner>, Owner, readonly Test[]>(1);
  readonly #resource = new Map<string, Index<Owner>>();
  readonly #related = new Map<string, Index<Owner>>();

  /** Gives the group of every literal that the event has. */
  visit(subject: Subject, found: GroupFound<Owner>): void {
    this.#names.find(subject.event, null, found);
    if (this.#resource.size > 0) findByLabels(this.#resource, subject.resource, null, found);
    if (this.#related.size > 0)
      for (const labels of subject.related) findByLabels(this.#related, labels, labels, found);
  }

  get(field: Field, literal: Literal): Group<Owner> | null {
    const index = field.of === "name" ? this.#names : this.#labels(field.of).get(field.label);
    return index?.get(literal) ?? null;
  }

  /** A literal that is new. */
  add(field: Field, literal: Literal, group: Group<Owner>): void {
    this.#index(field).add(literal, group);
  }

  /** Has the group of a literal found with what its only filing says, or else with null. */
  show(field: Field, literal: Literal, owner: Owner | null, open: readonly Test[] | null): void {
    this.#index(field).show(literal, owner, open);
  }

  /** A literal that is there. */
  delete(field: Field, literal: Literal): void {
    const index = this.#index(field);
    index.delete(literal);
    if (field.of !== "name" && index.size === 0) this.#labels(field.of).delete(field.label);
  }

  #index(field: Field): Index<Owner> {
    if (field.of === "name") return this.#names;
    const labels = this.#labels(field.of);
    let index = labels.get(field.label);
    if (index === undefined) {
      index = new TextIndex(0);
      labels.set(field.label, index);
    }
    return index;
  }

  #labels(of: "resource" | "related"): Map<string, Index<Owner>> {
    return of === "resource" ? this.#resource : this.#related;
  }
}

function findByLabels<Owner>(
  indexes: Map<string, Index<Owner>>,
  labels: Labels,
  via: Labels | null,
  found: GroupFound<Owner>,
): void {
  for (const label in labels) {
    const value = labels[label];
    if (value !== undefined) indexes.get(label)?.find(value, via, found);
  }
}
