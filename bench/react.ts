import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { apply, ask, emit, quantile, startServed } from "./engine/served.ts";
import { atEnd } from "./postgres/at-end.ts";

/**
 * How long it takes from an event to the run that it starts being RUNNING: server, the program that serves the flow and this one are
 * processes of their own. `npm run bench -- react [times]`
 *
 * Warm: the program keeps a child ready for the next run; cold: a run comes before it is.
 */

const times = Number(process.argv[2] ?? 40);
/** Between two events, so that a child is ready again. */
const rest = 1_500;

const served = await startServed();
const { url, database } = served;
const runner = spawn(process.execPath, [path.join(import.meta.dirname, "engine/runner.mjs")], {
  env: { ...process.env, ANTIPHON_API_URL: url },
  stdio: ["ignore", "ignore", "inherit"],
});
atEnd(() => runner.kill());
const deployment = await deploymentId();
await apply(url, {
  name: "react",
  trigger: { expect: ["bench.happened"] },
  actions: [
    {
      type: "run-deployment",
      deployment_id: deployment,
      parameters: { sentAt: "{{ event.payload.sentAt }}" },
    },
  ],
});

/** Milliseconds from the call of `emitEvents` to the instant at which the run came to Running. */
async function react(): Promise<number> {
  const sentAt = Date.now();
  await emit(url, [
    { event: "bench.happened", resource: { "prefect.resource.id": "bench" }, payload: { sentAt } },
  ]);
  for (;;) {
    const { rows } = await database.query<{ at: Date }>(
      `SELECT s.timestamp AS at FROM flow_run_state s JOIN flow_run r ON r.id = s.flow_run_id
       WHERE s.type = 'RUNNING' AND (r.parameters->>'sentAt')::bigint = $1`,
      [sentAt],
    );
    if (rows[0] !== undefined) return rows[0].at.getTime() - sentAt;
    await sleep(5);
  }
}

for (let warming = 0; warming < 3; warming++) {
  await react();
  await sleep(rest);
}
const warm: number[] = [];
const cold: number[] = [];
for (let time = 0; time < times; time++) {
  warm.push(await react());
  // The child that was ready has gone to that run; the next one has only begun to load.
  if (time % 5 === 0) cold.push(await react());
  await sleep(rest);
}

console.log(
  `From an event to the run that it starts, ${times} times, Node ${process.version}, ${cpus().length} cores.\n`,
);
for (const [name, values] of [
  ["a child is ready", warm],
  ["no child is ready", cold],
] as const) {
  const cells = [0.5, 0.99].map((share) => `${quantile(values, share).toFixed(0)} ms`.padStart(9));
  console.log(`${name.padEnd(24)}p50${cells[0]}  p99${cells[1]}`);
}
runner.kill("SIGTERM");
await once(runner, "exit");
await served.stop();
process.exit(0);

/** Of the flow, once it is served. */
async function deploymentId(): Promise<string> {
  for (;;) {
    const { deployments } = await ask<{ deployments: { id: string }[] }>(url, "{ deployments { id } }");
    if (deployments[0] !== undefined) return deployments[0].id;
    await sleep(50);
  }
}
