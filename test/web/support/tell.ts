import type { Console } from "./console.ts";

/** An event about an order, by its number. */
export interface Told {
  event: string;
  order: number;
  occurred?: string;
  payload?: unknown;
}

/** Emits events about orders, in their order; gives their ids. */
export async function tell(antiphon: Console, ...events: Told[]): Promise<string[]> {
  const { emitEvents } = await antiphon.ask(
    `mutation ($events: [EventInput!]!) { emitEvents(events: $events) { results { ... on Event { id } } } }`,
    {
      events: events.map(({ order, ...rest }) => ({
        ...rest,
        resource: { "prefect.resource.id": `order.${order}`, "prefect.resource.name": `Order ${order}` },
      })),
    },
  );
  // What the document asks for.
  return (emitEvents as { results: { id: string }[] }).results.map(({ id }) => id);
}

/** Stores an automation; gives its id. */
export async function automate(antiphon: Console, document: Record<string, unknown>): Promise<string> {
  const { applyAutomation } = await antiphon.ask(
    `mutation ($document: JSON!) {
      applyAutomation(document: $document) { ... on Automation { id } ... on Error { message } }
    }`,
    { document },
  );
  const { id, message } = applyAutomation as { id?: string; message?: string }; // what the document asks for
  if (id === undefined) throw new Error(message);
  return id;
}
