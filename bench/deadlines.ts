import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { writePlainly } from "./deadlines/plain-rows.ts";
import { apply, emit, quantile, startServed } from "./engine/served.ts";

/**
 * What open absence windows cost, and how late their ends are noticed: many windows wait, some of them fall due together, each with an
 * action that does nothing. `npm run bench -- deadlines [open] [together]`
 *
 * Beside it, how long the same rows take that are written by nothing but batched inserts, while nothing else is done.
 *
 * The windows that only wait are written into the table as the evaluator writes them; those that fall due are armed by events.
 */

const open = Number(process.argv[2] ?? 1_000_000);
const together = Number(process.argv[3] ?? 10_000);
const within = 60;

const served = await startServed();
const { url, database } = served;

const watched = (name: string, armed: string, seconds: number) =>
  apply(url, {
    name,
    trigger: {
      posture: "Proactive",
      after: [armed],
      expect: [`${armed}.done`],
      for_each: ["prefect.resource.id"],
      within: seconds,
    },
    actions: [{ type: "do-nothing" }],
  });
const waiting = await watched("waiting", "opened", 86_400);
const due = await watched("due", "armed", within);

const before = served.usage();
await served.without(async () => {
  await database.query(
    `INSERT INTO bucket (trigger_id, automation_id, key, start, "end", due_at, count, last_event)
     SELECT (trigger->>'id')::uuid, id, json_build_array('thing.' || n)::text, now(), due, due, 0, gen_random_uuid()
     FROM automation, generate_series(1, $2::int) n, LATERAL (SELECT now() + interval '1 hour' + n * interval '80 ms' AS due) d
     WHERE id = $1`,
    [waiting, open - together],
  );
  await database.query("VACUUM ANALYZE bucket");
});
await sleep(3_000); // until it holds the lease again

const armedAt = new Date();
const things = Array.from({ length: together }, (_, n) => ({
  event: "armed",
  occurred: armedAt.toISOString(),
  resource: { "prefect.resource.id": `due.${n}` },
}));
const arming = performance.now();
for (let n = 0; n < together; n += 1_000) await emit(url, things.slice(n, n + 1_000));
// What comes last tells that events are not late.
await emit(url, [{ event: "last", resource: { "prefect.resource.id": "bench" } }]);
await until("all are armed", `SELECT count(*) = $1 AS so FROM bucket WHERE automation_id = $2`, [
  together,
  due,
]);
const armed = performance.now() - arming;

const idle = served.usage();
const idleFor = 15;
await sleep(idleFor * 1000);
const after = served.usage();

await until("all have fired", `SELECT count(*) = $1 AS so FROM firing WHERE automation_id = $2`, [
  together,
  due,
]);
const { rows } = await database.query<{ noticed: number }>(
  "SELECT extract(epoch FROM created_at - triggered) * 1000 AS noticed FROM firing WHERE automation_id = $1",
  [due],
);
// All are due at one instant.
const { rows: told } = await database.query<{ late: number }>(
  `SELECT extract(epoch FROM e.received - (SELECT max(triggered) FROM firing WHERE automation_id = $1)) * 1000 AS late
   FROM event e WHERE e.event = 'prefect.automation.triggered' AND e.resource->>'prefect.resource.id' = 'prefect.automation.' || $1`,
  [due],
);
await until(
  "all actions are carried out",
  "SELECT NOT EXISTS (SELECT FROM action_run WHERE status = 'PENDING') AS so",
  [],
);
const { rows: acted } = await database.query<{ late: number }>(
  "SELECT extract(epoch FROM r.updated_at - f.triggered) * 1000 AS late FROM action_run r JOIN firing f ON f.id = r.firing_id",
);

console.log(
  `${open} open windows, ${together} of them due at one instant, Node ${process.version}, ${cpus().length} cores.\n`,
);
console.log(`armed ${together} windows by events in ${armed.toFixed(0)} ms`);
console.log(
  `memory of the server: ${before.memory.toFixed(0)} MiB without windows, ${idle.memory.toFixed(0)} MiB with them`,
);
console.log(
  `processor while nothing is due: ${(((after.cpu - idle.cpu) / idleFor) * 100).toFixed(1)} % of one core`,
);
for (const [what, values] of [
  ["end of the window to its firing", rows.map(({ noticed }) => Number(noticed))],
  ["end of the window to the event of it", told.map(({ late }) => Number(late))],
  ["end of the window to its action done", acted.map(({ late }) => Number(late))],
] as const) {
  const cells = [0.5, 0.99, 1].map((share) => `${quantile(values, share).toFixed(0)} ms`.padStart(9));
  console.log(`${what.padEnd(40)}p50${cells[0]}  p99${cells[1]}  max${cells[2]}`);
}
const plain = await writePlainly(database, due, 500);
console.log(
  `\nthe same firings, action runs and events by plain inserts, 500 of each a transaction: ${plain.toFixed(0)} ms`,
);
await served.stop();
process.exit(0);

async function until(what: string, query: string, values: unknown[]): Promise<void> {
  const end = Date.now() + 180_000;
  for (;;) {
    const { rows: answer } = await database.query<{ so: boolean }>(query, values);
    if (answer[0]?.so) return;
    if (Date.now() > end) throw new Error(`not within 180 s: ${what}`);
    await sleep(50);
  }
}
