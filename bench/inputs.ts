import { cpus } from "node:os";
import { Child } from "./fan-out/process.ts";

/**
 * How long an input takes from `sendInput` to the code that receives it, and an answer from `resumeFlowRun` to the code
 * that waits for it, beside a bare WebSocket echo with one insert into the same Postgres. Server, sender and receiver are
 * processes of their own; the three paths take turns. `npm run bench -- inputs [messages]`
 */

const count = Number(process.argv[2] ?? 1_000);
const rounds = 10;
/** Between two messages, so that each finds everybody idle. */
const gapMs = 2;

const server = new Child("../inputs/server.ts");
const bareServer = new Child("../inputs/bare-server.ts");
const receiver = new Child("../inputs/receiver.ts");
const holder = new Child("../inputs/receiver.ts");
const sender = new Child("../inputs/sender.ts");

const { url, databaseUrl } = await server.call<{ url: string; databaseUrl: string }>("start");
const barePort = await bareServer.call<number>("start", databaseUrl);
const receiving = await receiver.call<string>("receive", url);
const held = await holder.call<string>("hold", url);
await sender.call("connect", url);

async function bare(messages: number): Promise<number[]> {
  return sender.call("bare", barePort, messages, gapMs);
}
async function sent(messages: number): Promise<number[]> {
  await sender.call("send", receiving, messages, gapMs);
  return receiver.call("take", messages);
}
async function resumed(messages: number): Promise<number[]> {
  await sender.call("resume", held, messages, gapMs);
  return holder.call("take", messages);
}

const paths = [
  { name: "bare: echo and one insert", measure: bare, latencies: [] as number[] },
  { name: "send -> receiving code", measure: sent, latencies: [] as number[] },
  { name: "resume -> held flow", measure: resumed, latencies: [] as number[] },
];
for (const { measure } of paths) await measure(100); // what is measured after is not its own start
for (let round = 0; round < rounds; round++) {
  for (const path of paths) path.latencies.push(...(await path.measure(Math.ceil(count / rounds))));
}

function quantile(latencies: number[], share: number): number {
  return latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * share)] ?? Number.NaN;
}

console.log(`Latency of ${count} messages each, Node ${process.version}, ${cpus().length} cores.\n`);
console.log(`${"".padEnd(28)}${"p50".padStart(10)}${"p99".padStart(10)}${"p50 / bare".padStart(14)}`);
const bareMedian = quantile(paths[0]?.latencies ?? [], 0.5);
for (const { name, latencies } of paths) {
  const median = quantile(latencies, 0.5);
  const cells = [median, quantile(latencies, 0.99)].map((ms) => `${ms.toFixed(2)} ms`.padStart(10));
  console.log(`${name.padEnd(28)}${cells.join("")}${(median / bareMedian).toFixed(2).padStart(14)}`);
}

for (const child of [sender, receiver, holder, bareServer]) await child.end();
await server.call("stop");
await server.end();
process.exit(0);
