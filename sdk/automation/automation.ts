import { randomUUID } from "node:crypto";
import { socketClient } from "../client/client.ts";
import { refusalError } from "../client/refusal.ts";
import { NotFound } from "../errors.ts";
import {
  type AutomationPartsFragment,
  CreateAutomationDocument,
  DeleteAutomationDocument,
  ReadAutomationDocument,
  SetAutomationEnabledDocument,
  UpdateAutomationDocument,
} from "../gql/graphql.ts";
import type { Action, AutomationDefinition } from "./definition.ts";
import { definitionOf, documentOf, refused, shapes } from "./document.ts";
import type { Trigger } from "./trigger.ts";

/** What to do when what happens: as it was defined, and from `create` or `read` on as the server has it. */
export class Automation {
  /** Null until it is created and after it was deleted. */
  readonly id: string | null = null;
  readonly name!: string;
  readonly description!: string;
  readonly enabled!: boolean;
  readonly tags!: string[];
  readonly trigger!: Trigger;
  readonly actions!: Action[];
  readonly actionsOnTrigger!: Action[];
  readonly actionsOnResolve!: Action[];
  readonly ownerResource: string | null = null;
  /** What of it is valid but doubtful, as the server sees it. */
  readonly warnings: ReadonlyArray<{ path: string[]; message: string }> = [];
  readonly createdAt: Date | null = null;
  readonly updatedAt: Date | null = null;

  /** As it was given, or as the server has it. */
  #definition: AutomationDefinition;

  constructor(definition: AutomationDefinition) {
    this.#definition = definition;
    this.#take(definition);
  }

  /** Stores it. Throws InputValidationError, with every problem of the definition; a taken name is one at `name`. */
  async create(): Promise<Automation> {
    const definition = this.#definition;
    const document = documentOf(`automation ${this.name}`, definition, shapes.automation);
    const { createAutomation } = await socketClient().request(CreateAutomationDocument, {
      document,
      id: randomUUID(), // sent again after a lost connection, the call finds what it has made
    });
    return this.#stored(createAutomation, definition);
  }

  /**
   * The automation of this id, or of this name: the one without an owner, else the only one of that name. Throws NotFound, and
   * ApiError where several owners have one of that name.
   */
  static async read(by: { id: string } | { name: string }): Promise<Automation> {
    const { id, name }: { id?: string; name?: string } = by;
    if (id === undefined && name === undefined)
      throw new TypeError("Automation.read: one of id or name must be provided");
    if (id !== undefined && name !== undefined)
      throw new TypeError("Automation.read: only one of id or name can be provided");
    const { automation } = await socketClient().request(ReadAutomationDocument, {
      id: id ?? null,
      name: name ?? null,
    });
    if (!automation) throw new NotFound(`no automation ${JSON.stringify(id ?? name)}`);
    return new Automation(written(automation)).#withFacts(automation);
  }

  /**
   * Replaces what `change` names and keeps the rest as the server has it now. A definition that stays equal changes nothing;
   * a trigger that stays equal keeps what it has counted. Throws InputValidationError and NotFound.
   */
  async update(change: Partial<AutomationDefinition>): Promise<Automation> {
    const id = this.#id("update");
    const present = (await Automation.read({ id })).#definition;
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const definition = { ...present, ...Object.fromEntries(given) };
    const document = documentOf(`automation ${definition.name}`, definition, shapes.automation);
    const { updateAutomation } = await socketClient().request(UpdateAutomationDocument, { id, document });
    return this.#stored(updateAutomation, definition);
  }

  /** Watches again, from now on. Throws InputValidationError where the automation would loop. */
  enable(): Promise<void> {
    return this.#setEnabled(true);
  }

  /** Stops watching; what it has counted is dropped. */
  disable(): Promise<void> {
    return this.#setEnabled(false);
  }

  /** False where there was none to delete. */
  async delete(): Promise<boolean> {
    if (this.id === null) return false;
    const { deleteAutomation } = await socketClient().request(DeleteAutomationDocument, { id: this.id });
    this.#set({ id: null });
    return deleteAutomation.length > 0;
  }

  async #setEnabled(enabled: boolean): Promise<void> {
    const id = this.#id(enabled ? "enable" : "disable");
    const { setAutomationEnabled } = await socketClient().request(SetAutomationEnabledDocument, {
      id,
      enabled,
    });
    this.#stored(setAutomationEnabled, this.#definition);
  }

  #id(call: string): string {
    if (this.id !== null) return this.id;
    throw new NotFound(`automation ${this.name} is not stored: call create() before ${call}()`);
  }

  #stored(
    result: ({ __typename: "Automation" } & AutomationPartsFragment) | Parameters<typeof refusalError>[0],
    definition: AutomationDefinition,
  ): this {
    if (result.__typename === "Automation") {
      this.#take(written(result));
      return this.#withFacts(result);
    }
    if (result.__typename !== "InvalidInputError") throw refusalError(result, definition);
    throw refused(`automation ${definition.name}`, definition, result.issues);
  }

  #withFacts({ id, warnings, createdAt, updatedAt }: AutomationPartsFragment): this {
    this.#set({ id, warnings, createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) });
    return this;
  }

  #take(definition: AutomationDefinition): void {
    const { name, description = "", enabled = true, tags = [], trigger, actions } = definition;
    const { actionsOnTrigger = [], actionsOnResolve = [], ownerResource = null } = definition;
    const more = { actionsOnTrigger, actionsOnResolve, ownerResource };
    this.#definition = definition;
    this.#set({ name, description, enabled, tags, trigger, actions, ...more });
  }

  /** The one place that writes the fields, which are read-only for everybody else. */
  #set(fields: Partial<Pick<Automation, Field>>): void {
    Object.assign(this, fields);
  }
}

type Field = Exclude<keyof Automation, "create" | "update" | "enable" | "disable" | "delete">;

function written({ document }: AutomationPartsFragment): AutomationDefinition {
  return definitionOf(document, shapes.automation) as AutomationDefinition; // the server's document of a stored automation
}
