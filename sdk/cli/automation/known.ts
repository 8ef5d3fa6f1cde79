import { isPlainObject } from "../../../core/json.ts";
import type { AutomationPartsFragment, ShownAutomationFragment } from "../../gql/graphql.ts";

/** What people look for in an automation. */
export interface Known {
  id: string;
  name: string;
  description: string;
  enabled: boolean;
  owner: string | null;
  document: Record<string, unknown>;
}

/** Read from its document, which the server has written. */
export function known({ id, document }: AutomationPartsFragment): Known {
  const found = isPlainObject(document) ? document : {};
  const { name, description, owner_resource: owner } = found;
  return {
    id,
    name: String(name),
    description: typeof description === "string" ? description : "",
    enabled: found.enabled !== false,
    owner: typeof owner === "string" ? owner : null,
    document: found,
  };
}

/** The whole automation for programs: its document, which `apply` takes as it is, with what the server knows besides. */
export function whole(automation: ShownAutomationFragment): Record<string, unknown> {
  const { id, createdAt, updatedAt, disabledActions } = automation;
  return {
    id,
    ...known(automation).document,
    ...(disabledActions.length > 0 && { disabled_actions: disabledActions }),
    created: createdAt,
    updated: updatedAt,
  };
}
