import { ask, type TestServer } from "./wire.ts";

/** What a mutation of an automation is asked for. */
export const automationFields = `__typename
  ... on Automation { id name enabled updatedAt document warnings { path message } }
  ... on InvalidInputError { message issues { path message } }
  ... on NotFoundError { message }`;

/** What it answers, of whichever type. */
export interface AutomationAnswer {
  __typename: string;
  id: string;
  name: string;
  enabled: boolean;
  updatedAt: string;
  document: Record<string, unknown>;
  warnings: { path: string[]; message: string }[];
  message: string;
  issues: { path: string[]; message: string }[];
}

/** The API of automations, as a client of a server calls it. */
export function automationsOver(server: Pick<TestServer, "url">) {
  /** What the one field of an operation answers. */
  async function field<T>(operation: string, variables: object = {}): Promise<T> {
    const { data, errors } = await ask(server.url, operation, { ...variables });
    if (errors !== undefined || data == null) throw new Error(JSON.stringify(errors));
    return Object.values(data)[0] as T; // the operation selects it
  }
  const mutate = (operation: string, variables: object) => field<AutomationAnswer>(operation, variables);
  return {
    field,
    create: (automation: object) =>
      mutate(
        `mutation ($automation: AutomationInput!) { createAutomation(automation: $automation) { ${automationFields} } }`,
        { automation },
      ),
    update: (id: string, automation: object) =>
      mutate(
        `mutation ($id: ID!, $automation: AutomationInput!) { updateAutomation(id: $id, automation: $automation) { ${automationFields} } }`,
        { id, automation },
      ),
    apply: (document: unknown) =>
      mutate(`mutation ($document: JSON!) { applyAutomation(document: $document) { ${automationFields} } }`, {
        document,
      }),
  };
}

/** A trigger and actions as typed input, where it does not matter which. */
export const simpleTrigger = { event: { expect: ["order.complete"] } };
export const doNothing = [{ doNothing: true }];
