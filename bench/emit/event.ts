/** An event as the bench sends it. */
export interface BenchEvent {
  event: string;
  resource: Record<string, string>;
  related: Record<string, string>[];
  payload: Record<string, unknown>;
}

/** Every so many events one fires one of the automations that listen to all names. */
const firesOneOf = 100;
/** Automations that may want any of the events. */
export const listeners = 10;

let made = 0;

/** So many different events, of some 450 bytes each as JSON. */
export function makeEvents(count: number): BenchEvent[] {
  return Array.from({ length: count }, makeEvent);
}

function makeEvent(): BenchEvent {
  const number = made++;
  const fires = number % firesOneOf === 0;
  return {
    event: `bench.order.${["created", "paid", "packed", "sent"][number % 4]}`,
    resource: {
      "prefect.resource.id": fires
        ? `hit.${(number / firesOneOf) % listeners}`
        : `order.${(number * 7919) % 1_000_003}`,
      "prefect.resource.name": `order ${number}`,
      region: ["eu", "us", "asia"][number % 3] ?? "",
    },
    related: [
      { "prefect.resource.id": `customer.${number % 9973}`, "prefect.resource.role": "customer" },
      { "prefect.resource.id": "prefect.tag.bench", "prefect.resource.role": "tag" },
    ],
    payload: {
      number,
      note: "handed over at the counter, paid in cash",
      items: [{ sku: `s${number % 100}`, count: 1 }],
    },
  };
}
