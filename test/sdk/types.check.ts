import { z } from "zod";
import {
  Automation,
  emitEvent,
  type Flow,
  type FlowRun,
  flow,
  getClient,
  type InputOf,
  type InputReceiver,
  pauseFlowRun,
  RunInput,
  type RunInputBase,
  receiveInput,
  resumeFlowRun,
  runDeployment,
  type SentInput,
  sendInput,
  serve,
  suspendFlowRun,
  task,
  withInitialData,
} from "../../sdk/index.ts";

/** Nothing here runs: the type checker reads it. */
export async function types(): Promise<void> {
  class Order extends RunInput(z.object({ size: z.enum(["S", "L"]), count: z.number().default(1) })) {
    get label() {
      return `${this.count} of ${this.size}`;
    }
  }

  // ── what is asked for is what comes back
  const order = await pauseFlowRun({ waitForInput: Order });
  is<Order>(order);
  is<"S" | "L">(order.size);
  is<number>(order.count);
  is<string>(order.label);
  is<RunInputBase>(order);
  is<number>(await pauseFlowRun({ waitForInput: z.number(), key: "n", timeout: null }));
  is<{ day: Date }>(
    await suspendFlowRun({ waitForInput: z.object({ day: z.iso.date().transform((day) => new Date(day)) }) }),
  );
  is<undefined>((await pauseFlowRun()) as undefined);
  is<Promise<void>>(suspendFlowRun({ flowRunId: "…" }));
  is<Promise<void>>(resumeFlowRun("…", { size: "S" }));
  is<string[]>({} as InputOf<z.ZodArray<z.ZodString>>);
  const withDefaults = Order.withInitialData({ size: "L" }, { description: "Which **one**?" });
  is<string>((await pauseFlowRun({ waitForInput: withDefaults })).label);
  is<{ a: string }>(
    await pauseFlowRun({ waitForInput: withInitialData(z.object({ a: z.string() }), { a: "x" }) }),
  );
  // @ts-expect-error no such size
  Order.withInitialData({ size: "M" });
  // @ts-expect-error a count is a number
  new Order({ size: "S", count: "1" });
  // @ts-expect-error no such mode
  pauseFlowRun({ validate: "during" });

  // ── sending and receiving
  is<Promise<SentInput>>(sendInput("hi", { flowRunId: "…", sender: "me", idempotencyKey: "k" }));
  is<InputReceiver<string>>(receiveInput(z.string(), { timeout: 0 }));
  is<InputReceiver<Order>>(receiveInput(Order, { cursor: "orders" }));
  is<InputReceiver<Order>>(Order.receive({ consume: "exclusive" }));
  const text = await receiveInput(z.string(), { withMetadata: true }).next();
  is<string>(text.value);
  is<string | null>(text.metadata.sender);
  is<Promise<SentInput>>(text.respond(5));
  const list = await receiveInput(z.array(z.number()), { withMetadata: true }).next();
  is<number[]>(list.value);
  const record = await receiveInput(z.record(z.string(), z.number()), { withMetadata: true }).next();
  is<Record<string, number>>(record.value);
  const plain = await receiveInput(z.object({ a: z.string() }), { withMetadata: true }).next();
  is<string>(plain.a);
  // @ts-expect-error an object is not wrapped
  plain.value;
  // @ts-expect-error metadata is asked for
  (await receiveInput(z.object({ a: z.string() })).next()).metadata;
  is<Order>(await (await sendInput(order, { flowRunId: "…" })).reply(Order, { timeout: 5 }));

  // ── flows and tasks
  const bare = flow("bare", () => 5);
  is<Flow<void, number>>(bare);
  is<number>(await bare());
  // @ts-expect-error it takes no parameters
  bare({ a: 1 });
  const taking = flow(
    { name: "taking", parameters: z.object({ a: z.coerce.number<string>(), b: z.boolean().default(true) }) },
    async ({ a, b }) => (b ? a : null),
  );
  is<number | null>(await taking({ a: "1" }));
  // @ts-expect-error `a` is needed
  taking();
  const optional = flow(
    { name: "optional", parameters: z.object({ a: z.string().optional() }) },
    ({ a }) => a,
  );
  is<string | undefined>(await optional());
  const add = task({ name: "add", retries: 2 }, (a: number, b: number) => a + b);
  is<(a: number, b: number) => Promise<number>>(add);

  // ── deployments
  const deployment = bare.toDeployment({ name: "d", tags: ["t"] });
  await serve(deployment, taking.toDeployment({ name: "t" }), { limit: null });
  await bare.serve({ limit: 1, signal: AbortSignal.abort() });
  is<FlowRun>(await runDeployment("bare/d", { timeout: 0, asSubflow: false }));
  bare.toDeployment({ name: "d", cron: "* * * * *" });
  await bare.serve({ schedules: [{ interval: 60, active: false }] });
  await bare.serve({ triggers: [{ expect: ["order.paid"] }], pauseOnShutdown: false });
  bare.toDeployment({
    name: "d",
    triggers: [
      {
        expect: ["order.paid"],
        after: ["order.created"],
        forEach: ["prefect.resource.id"],
        parameters: { id: "{{ event.resource.id }}" },
      },
      {
        type: "compound",
        require: "all",
        triggers: [
          { type: "event", expect: ["a"] },
          { type: "event", expect: ["b"] },
        ],
        name: "both",
      },
      { type: "sequence", triggers: [{ type: "event" }], within: 60, enabled: false, scheduleAfter: 5 },
      { type: "metric", metric: { name: "duration", operator: ">", threshold: 60 } },
    ],
  });
  // @ts-expect-error no such posture
  bare.toDeployment({ name: "d", triggers: [{ posture: "Active" }] });
  // @ts-expect-error a misspelt key
  bare.toDeployment({ name: "d", triggers: [{ type: "event", matches: {} }] });
  is<Promise<{ id: string }>>(
    bare.deploy({ name: "d", workPool: "p", jobVariables: { env: { A: "b" } }, image: "i" }),
  );
  // @ts-expect-error a deployment without a pool is served
  bare.deploy({ name: "d" });

  // ── events and automations
  is<{ id: string }>(
    await emitEvent({
      event: "order.paid",
      resource: { "prefect.resource.id": "order.1" },
      payload: { total: 1 },
    }),
  );
  // @ts-expect-error a resource is needed
  emitEvent({ event: "order.paid" });
  const automation = await new Automation({
    name: "a",
    trigger: { type: "event", expect: ["order.paid"], within: 10, threshold: 3 },
    actions: [{ type: "run-deployment", source: "selected", deploymentId: "…", parameters: { a: 1 } }],
  }).create();
  is<string | null>(automation.id);
  is<Automation>(await Automation.read({ name: "a" }));
  is<Automation>(await automation.update({ description: "…" }));
  is<boolean>(await automation.delete());
  // @ts-expect-error it needs actions
  new Automation({ name: "a", trigger: { type: "event" } });

  // ── the client
  const client = getClient({ url: "http://127.0.0.1:4200/graphql" });
  const typed = {} as { __apiType?: (variables: { id: string }) => { flowRun: { name: string } | null } };
  is<string | undefined>((await client.request(typed, { id: "…" })).flowRun?.name);
  // @ts-expect-error the id is a text
  client.request(typed, { id: 5 });
  for await (const item of client.subscribe<{ logs: { message: string } }>("subscription { … }")) {
    is<string>(item.logs.message);
  }
}

function is<T>(value: T): T {
  return value;
}
