import type { ActionLists } from "../../core/automation/automation.ts";
import { definitionTemplates } from "../../core/automation/definition-templates.ts";
import { suggestion } from "../../core/document/nearest.ts";
import { placeText } from "../../core/document/place-text.ts";
import type { Issue } from "../../core/error.ts";
import type { Context } from "../context.ts";
import { knownNames, unknownNames } from "../template/validate.ts";

/** Names in the templates of actions that nothing stands behind: no errors, they are undefined (actions.md 3.2). */
export async function readTemplateWarnings(ctx: Context, automation: ActionLists): Promise<Issue[]> {
  const templates = definitionTemplates(automation, "document");
  const unknown = await unknownNames(
    ctx,
    templates.map(({ source }) => source),
    "AUTOMATION",
  );
  return templates.flatMap(({ path }, at) =>
    (unknown[at] ?? []).map((name) => {
      const text = `reads ${JSON.stringify(name)}, which is not there: it comes to nothing`;
      return {
        path: [...path],
        message: `${placeText(path)} ${text}${suggestion(name, knownNames("AUTOMATION"))}`,
      };
    }),
  );
}
