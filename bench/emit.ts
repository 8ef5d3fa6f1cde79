import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { Api } from "./emit/api.ts";
import { listeners, makeEvents } from "./emit/event.ts";
import { RawInsert } from "./emit/raw.ts";
import { startServer } from "./emit/server.ts";

/**
 * How many events a second the built server stores, by `emitEvents` with 1,000 a call and by `emitEvent` over 64 connections, while
 * 1,000 automations watch, of which ten may want any of the events; every hundredth event fires one of them. Beside it, in turns, the
 * same rows by raw batched inserts into a copy of the table with its indexes and partitions, on the same Postgres.
 * `npm run bench -- emit [events]`
 */

const count = Number(process.argv[2] ?? 200_000);
const rounds = 5;
const perCall = 1_000;
/** Calls and inserts under way at once. */
const atOnce = 4;
const connections = 64;

const server = await startServer();
const api = new Api(server.url, connections);
const raw = new RawInsert(server.databaseUrl, atOnce);
await raw.prepare();
const watch = new pg.Client({ connectionString: server.databaseUrl });
await watch.connect();

const emitEvents = `mutation ($events: [EventInput!]!) {
  emitEvents(events: $events) { results { __typename ... on Event { id cursor } } }
}`;
const emitEvent = `mutation ($event: EventInput!) {
  emitEvent(event: $event) { __typename ... on Event { id cursor } }
}`;

interface Results {
  results: { __typename: string }[];
}

async function emitBatch(): Promise<void> {
  const { emitEvents: payload } = await api.ask(emitEvents, { events: makeEvents(perCall) });
  const { results } = payload as Results; // as the operation asks
  if (!results.every(({ __typename }) => __typename === "Event")) throw new Error("an event was refused");
}

async function emitOne(): Promise<void> {
  const [event] = makeEvents(1);
  await api.ask(emitEvent, { event });
}

/** Events a second of so many pieces of work, some of them at once. */
async function rate(
  pieces: number,
  workers: number,
  events: number,
  work: () => Promise<void>,
): Promise<number> {
  let left = pieces;
  const begun = performance.now();
  const worker = async () => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return (pieces * events) / ((performance.now() - begun) / 1_000);
}

async function lag(): Promise<number> {
  const { rows } = await watch.query(
    "SELECT (SELECT position FROM event_log) - (SELECT min(position) FROM evaluator) AS lag",
  );
  return Number(rows[0].lag);
}

async function createAutomations(): Promise<number> {
  const create = `mutation ($document: JSON!) {
    applyAutomation(document: $document) { __typename ... on Error { message } }
  }`;
  const documents = Array.from({ length: 1_000 }, (_, n) => ({
    name: `bench ${n}`,
    trigger:
      n < listeners
        ? { type: "event", expect: ["bench.*"], match: { "prefect.resource.id": `hit.${n}` } }
        : { type: "event", expect: [`shop.${n}.closed`] },
    actions: [{ type: "do-nothing" }],
  }));
  let made = 0;
  for (const document of documents) {
    const { applyAutomation } = await api.ask(create, { document });
    const result = applyAutomation as { __typename: string; message?: string };
    if (result.__typename !== "Automation") throw new Error(result.message);
    made++;
  }
  return made;
}

const automations = await createAutomations();
await rate(20, atOnce, perCall, emitBatch);
await rate(20, atOnce, perCall, () => raw.insert(makeEvents(perCall)));
await rate(2_000, connections, 1, emitOne);

const paths = {
  raw: { name: `raw inserts, ${perCall} rows each`, rates: [] as number[] },
  batches: { name: `emitEvents, ${perCall} a call`, rates: [] as number[] },
  single: { name: `emitEvent, ${connections} connections`, rates: [] as number[] },
};
let mostBehind = 0;
for (let round = 0; round < rounds; round++) {
  const pieces = Math.ceil(count / rounds / perCall);
  paths.raw.rates.push(await rate(pieces, atOnce, perCall, () => raw.insert(makeEvents(perCall))));
  paths.batches.rates.push(await rate(pieces, atOnce, perCall, emitBatch));
  mostBehind = Math.max(mostBehind, await lag());
  paths.single.rates.push(await rate(pieces * 50, connections, 1, emitOne));
}
const caughtUp = performance.now();
for (const end = caughtUp + 60_000; (await lag()) > 0 && performance.now() < end; ) await sleep(20);
const left = await lag();
const { rows } = await watch.query("SELECT count(*)::int AS firings FROM firing");

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
console.log(
  `Events a second (medians of ${rounds} rounds), Node ${process.version}, ${cpus().length} cores, ${automations} automations.\n`,
);
for (const { name, rates } of Object.values(paths)) {
  const share = (median(rates) / median(paths.raw.rates)).toFixed(2);
  console.log(
    `${name.padEnd(32)}${Math.round(median(rates)).toString().padStart(8)}${`${share} of raw`.padStart(16)}`,
  );
}
console.log(
  `\nThe evaluator was ${mostBehind} events behind at most after a round of batches, and ${
    left > 0
      ? `still ${left} behind after a minute`
      : `had caught up ${((performance.now() - caughtUp) / 1_000).toFixed(2)} s after the last event`
  }. Firings: ${rows[0].firings}.`,
);

await watch.end();
await raw.end();
api.end();
await server.stop();
process.exit(0);
