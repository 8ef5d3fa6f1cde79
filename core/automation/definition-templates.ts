import type { Dialect } from "../document/reading.ts";
import { actionTemplates } from "./action-kinds.ts";
import type { TemplateAt } from "./action-templates.ts";
import { type ActionLists, actionLists } from "./automation.ts";

/** Every template in an automation's actions, with its place in the definition as it was written. */
export function definitionTemplates(definition: ActionLists, dialect: Dialect): TemplateAt[] {
  return actionLists.flatMap(({ key, name }) =>
    definition[key].flatMap((action, index) =>
      actionTemplates(action).map((template) => {
        const [field = "", ...rest] = template.path;
        const path =
          dialect === "input"
            ? [key, String(index), camel(action.type), camel(field), ...rest]
            : [name, String(index), field, ...rest];
        return { ...template, path };
      }),
    ),
  );
}

function camel(name: string): string {
  return name.replace(/[-_]([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
