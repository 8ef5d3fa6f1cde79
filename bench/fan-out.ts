import { cpus } from "node:os";
import { Child } from "./fan-out/process.ts";

/**
 * How fast one process hands a run's inputs to many subscribers, beside a broadcast of messages of the same
 * length by `ws` alone. Servers and clients are processes of their own. `npm run bench -- fan-out [subscribers …]`
 */

/** What the messages carry, so that one is some 250 bytes long. */
const text = "Somebody said something that all who listen want to hear. ".repeat(2);
const query =
  "subscription Inputs($flowRunId: ID!) { runInputs(flowRunId: $flowRunId) { id cursor inputType value } }";
/** Messages that go out in the fast part, to all subscribers together. */
const deliveries = 2_000_000;
const pacedSeconds = 5;

interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  bytes: number;
}

interface Results {
  received: number;
  lastAt: number;
  p50: number;
  p99: number;
}

/** A server under test: how to subscribe to it and how to make it send. */
interface Subject {
  child: Child;
  port: number;
  subscribe: { query: string; variables: unknown } | null;
  /** @returns when it began, in milliseconds since 1970 */
  send(count: number, perSecond: number | null): Promise<number>;
}

async function startAntiphon(): Promise<Subject> {
  const child = new Child("server.ts");
  const { port, flowRunId } = await child.call<{ port: number; flowRunId: string }>("start");
  return {
    child,
    port,
    subscribe: { query, variables: { flowRunId } },
    send: (count, perSecond) => child.call("send", count, text, perSecond),
  };
}

async function startRaw(length: number): Promise<Subject> {
  const child = new Child("raw-server.ts");
  const port = await child.call<number>("start");
  return {
    child,
    port,
    subscribe: null,
    send: (count, perSecond) => child.call("send", count, length, perSecond),
  };
}

/** Has a server serve some clients and lose them, so that what is measured after is not its own start. */
async function warmUp({ child, port, subscribe, send }: Subject): Promise<void> {
  const clients = new Child("clients.ts");
  await clients.call("connect", port, 100, subscribe);
  await subscribed(child, 100);
  await send(50, null);
  await clients.call("results", 50 * 100);
  await clients.end();
  await subscribed(child, 0);
}

async function subscribed(child: Child, count: number): Promise<void> {
  while ((await child.call<number>("subscribers")) !== count)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

async function measure(subject: Subject, subscribers: number): Promise<Measured> {
  const { child, port, subscribe } = subject;
  await warmUp(subject);
  const clients = new Child("clients.ts");
  try {
    const before = await child.call<number>("memory");
    await clients.call("connect", port, subscribers, subscribe);
    await subscribed(child, subscribers);
    const bytes = ((await child.call<number>("memory")) - before) / subscribers;

    const perSecond = Math.max(2, Math.round(10_000 / subscribers));
    await clients.call("reset");
    await subject.send(perSecond * pacedSeconds, perSecond);
    const paced = await clients.call<Results>("results", perSecond * pacedSeconds * subscribers);

    const count = Math.round(deliveries / subscribers);
    await clients.call("reset");
    const startedAt = await subject.send(count, null);
    const fast = await clients.call<Results>("results", count * subscribers);
    if (fast.received !== count * subscribers) throw new Error(`${fast.received} messages came`);
    const seconds = (fast.lastAt - startedAt) / 1000;
    return { perSecond: fast.received / seconds, p50: paced.p50, p99: paced.p99, bytes };
  } finally {
    await clients.end();
  }
}

function row(cells: (string | number)[]): string {
  return cells
    .map((cell, index) => String(cell)[index === 0 ? "padEnd" : "padStart"](index === 0 ? 24 : 16))
    .join("");
}

function show(name: string, { perSecond, p50, p99, bytes }: Measured): string {
  const memory = `${(bytes / 1024).toFixed(1)} KiB`;
  return row([
    name,
    Math.round(perSecond).toLocaleString("en"),
    `${p50.toFixed(1)} ms`,
    `${p99.toFixed(1)} ms`,
    memory,
  ]);
}

/** The bytes of one message as a subscriber gets it. */
function messageLength(): number {
  const uuid = "00000000-0000-0000-0000-000000000000";
  const value = { sentAt: performance.timeOrigin + performance.now(), text };
  const payload = { data: { runInputs: { id: uuid, cursor: "1234", inputType: "Message", value } } };
  return JSON.stringify({ id: uuid, type: "next", payload }).length;
}

const counts = process.argv.slice(2).map(Number);
const length = messageLength();
console.log(
  `Fan-out of one run's inputs, ${length} bytes a message, Node ${process.version}, ${cpus().length} cores.`,
);
for (const subscribers of counts.length > 0 ? counts : [1_000, 10_000]) {
  const raw = await startRaw(length);
  const rawMeasured = await measure(raw, subscribers);
  await raw.child.end();
  const antiphon = await startAntiphon();
  try {
    const measured = await measure(antiphon, subscribers);
    const rate = Math.max(2, Math.round(10_000 / subscribers));
    console.log(
      `\n${subscribers.toLocaleString("en")} subscribers; p50 and p99 at ${rate} messages a second`,
    );
    console.log(row(["", "delivered / s", "p50", "p99", "idle memory"]));
    console.log(show("ws broadcast", rawMeasured));
    console.log(show("Antiphon", measured));
    // What was stored while others were written to goes out in one piece, which a plain broadcast does not do.
    console.log(`Antiphon / ws: ${(measured.perSecond / rawMeasured.perSecond).toFixed(2)}`);
  } finally {
    await antiphon.child.call("stop");
    await antiphon.child.end();
  }
}
