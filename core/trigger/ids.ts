import type { Trigger, TriggerDefinition } from "./trigger.ts";

/** The trigger with a new id at every level, the outermost first. */
export function assignIds(definition: TriggerDefinition, newId: () => string): Trigger {
  const id = newId();
  switch (definition.type) {
    case "event":
    case "metric":
      return { ...definition, id };
    case "compound":
    case "sequence":
      return { ...definition, id, triggers: definition.triggers.map((member) => assignIds(member, newId)) };
  }
}

/** The trigger as it was defined. */
export function withoutIds(trigger: Trigger): TriggerDefinition {
  switch (trigger.type) {
    case "event":
    case "metric": {
      const { id: _, ...definition } = trigger;
      return definition;
    }
    case "compound":
    case "sequence": {
      const { id: _, triggers, ...definition } = trigger;
      return { ...definition, triggers: triggers.map(withoutIds) };
    }
  }
}
