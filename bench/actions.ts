import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { actionsAtOnce } from "../server/action/jobs.ts";
import { type Call, startReceiver } from "./actions/receiver.ts";
import { apply, ask, emit, quantile, startServed } from "./engine/served.ts";

/**
 * Webhooks called by firings: first at a steady pace, how long it takes from a firing to its call; then as fast as it goes, while the server is
 * killed twice. Nothing may be lost, and what is called again comes under the same id, with the same bytes and an attempt number one higher.
 * `npm run bench -- actions [firings] [kills]`
 */

const firings = Number(process.argv[2] ?? 10_000);
const kills = Number(process.argv[3] ?? 2);
const steady = { perSecond: 100, seconds: 10 };
const perCall = 500;

const receiver = await startReceiver();
const served = await startServed({ ANTIPHON_ALLOW_PRIVATE_ADDRESSES: "127.0.0.1" });
const { url, database } = served;

const saved = await ask<{ saveBlock: { id?: string; message?: string } }>(
  url,
  `mutation ($data: JSON!) { saveBlock(name: "receiver", type: "webhook", data: $data) { ... on Block { id } ... on Error { message } } }`,
  { data: { url: receiver.url } },
);
const blockId = saved.saveBlock.id;
if (blockId === undefined) throw new Error(saved.saveBlock.message);
await apply(url, {
  name: "calls",
  trigger: { expect: ["thing.happened"] },
  actions: [
    {
      type: "call-webhook",
      block_document_id: blockId,
      payload: '{ "number": {{ event.payload.number }}, "of": {{ event.resource.id | tojson }} }',
    },
  ],
});

let made = 0;
const happened = (count: number) =>
  emit(
    url,
    Array.from({ length: count }, () => ({
      event: "thing.happened",
      resource: { "prefect.resource.id": `thing.${made}` },
      payload: { number: made++ },
    })),
  );

// Until its code is warm.
await happened(200);
await received(200);

const begun = performance.now();
for (let second = 0; second < steady.seconds; second++)
  for (let part = 0; part < 10; part++) {
    await happened(steady.perSecond / 10);
    await sleep(Math.max(0, begun + (second * 10 + part + 1) * 100 - performance.now()));
  }
await received(made);
const paced = await latencies(receiver.take().slice(200));

const before = made;
const from = performance.now();
for (let left = firings; left > 0; left -= perCall) await happened(Math.min(perCall, left));
for (let kill = 1; kill <= kills; kill++) {
  await received(Math.ceil((firings * kill) / (kills + 1)));
  await served.kill();
}
await received(firings);
const lasted = (performance.now() - from) / 1000;
await until("all actions are recorded as done", async () => {
  const { rows } = await database.query(
    "SELECT count(*)::int AS left FROM action_run WHERE status <> 'SUCCEEDED'",
  );
  return rows[0].left === 0;
});
await sleep(1_000);
const calls = receiver.take();
const { rows: runs } = await database.query<{ id: string }>(
  "SELECT r.id FROM action_run r JOIN firing f ON f.id = r.firing_id ORDER BY f.position OFFSET $1",
  [before],
);

const byId = grouped(calls, ({ id }) => id);
const lost = runs.filter(({ id }) => !byId.has(id)).length;
const strange = [...byId.keys()].filter((id) => !runs.some((run) => run.id === id)).length;
const repeated = [...byId.values()].flatMap((same) =>
  same.slice(1).map((call, n) => [same[n], call] as const),
);
const wrong = repeated.filter(
  ([one, next]) => one === undefined || one.body !== next.body || next.attempt !== one.attempt + 1,
).length;

console.log(`Calls of a local webhook, Node ${process.version}, ${cpus().length} cores.\n`);
const cells = [0.5, 0.99].map((share) => `${quantile(paced, share).toFixed(0)} ms`.padStart(9));
console.log(`from a firing to its call, ${steady.perSecond} a second: p50${cells[0]}  p99${cells[1]}`);
console.log(`${firings} firings at once: ${busiest(calls)} calls a second while the server was there`);
console.log(
  `over ${kills} kills: ${lasted.toFixed(1)} s in all (what a killed server was carrying out is taken up when it counts as gone)`,
);
console.log(`lost: ${lost} (wanted: 0); called without a firing: ${strange} (wanted: 0)`);
console.log(
  `called again: ${repeated.length} (wanted: at most ${kills * actionsAtOnce}), of these with another body or number: ${wrong} (wanted: 0)`,
);
await served.stop();
await receiver.close();
process.exit(lost + strange + wrong === 0 && repeated.length <= kills * actionsAtOnce ? 0 : 1);

/** Waits until so many different calls have come since the last look. */
function received(count: number): Promise<void> {
  return until(`${count} calls`, async () => receiver.different >= count);
}

/** Milliseconds from each call's firing. */
async function latencies(calls: readonly Call[]): Promise<number[]> {
  const { rows } = await database.query<{ id: string; at: Date }>(
    "SELECT r.id, f.created_at AS at FROM action_run r JOIN firing f ON f.id = r.firing_id WHERE r.id = ANY ($1)",
    [calls.map(({ id }) => id)],
  );
  const fired = new Map(rows.map(({ id, at }) => [id, at.getTime()]));
  return calls.map(({ id, at }) => at - (fired.get(id) ?? Number.NaN));
}

function grouped<Key>(calls: readonly Call[], keyOf: (call: Call) => Key): Map<Key, Call[]> {
  const groups = new Map<Key, Call[]>();
  for (const call of calls) {
    const group = groups.get(keyOf(call));
    if (group === undefined) groups.set(keyOf(call), [call]);
    else group.push(call);
  }
  return groups;
}

/** The median of the seconds in which calls came. */
function busiest(calls: readonly Call[]): number {
  const perSecond = grouped(calls, ({ at }) => Math.floor(at / 1000));
  return quantile(
    [...perSecond.values()].map((within) => within.length),
    0.5,
  );
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 300_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not within 300 s: ${what}`);
    await sleep(20);
  }
}
