import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import {
  flow,
  getRunContext,
  getRunLogger,
  InputValidationError,
  JsonBlock,
  NotPausable,
  pauseFlowRun,
  receiveInput,
  runDeployment,
  serve,
  suspendFlowRun,
  task,
} from "../../../sdk/index.ts";

/** Lines that outlive the processes: one file per run. */
function note(line: string): void {
  const { id } = getRunContext().flowRun;
  appendFileSync(path.join(process.env.NOTES ?? "", id), `${line}\n`);
}

/** Waits until a test has made this file. */
async function opened(gate: string): Promise<void> {
  while (!existsSync(gate)) await sleep(10);
}

// One line for each process that has loaded this.
appendFileSync(path.join(process.env.NOTES ?? "", "processes"), `${process.pid}\n`);

const Answer = z.object({ x: z.number() });

const suspends = flow("suspends", async () => {
  note("began");
  try {
    const { x } = await suspendFlowRun({ waitForInput: Answer });
    note(`answered ${x}`);
  } finally {
    note("finally");
  }
  await sleep(20_000);
});

const answers = flow("answers", async () => {
  note("began");
  const { x } = await suspendFlowRun({ waitForInput: Answer });
  note(`answered ${x}`);
});

const swallows = flow("swallows", async () => {
  await suspendFlowRun().catch(() => note("caught"));
  await pauseFlowRun().catch((error) => note(`then ${error.name}`));
});

const outer = flow("outer", async () => {
  const inner = flow("inner", async () => {
    const error = await suspendFlowRun().catch((thrown) => thrown);
    note(error instanceof NotPausable ? "not pausable" : String(error));
  });
  await inner();
});

const inTask = task("suspender", () => suspendFlowRun());
const fromTask = flow("from-task", async () => {
  const error = await inTask().catch((thrown) => thrown);
  note(error instanceof NotPausable ? "not pausable" : String(error));
});

const nothing = task({ name: "nothing", persistResult: false }, () => undefined);
const gated = z.object({ gate: z.string() });
const step = task("step", async (number: number, gate: string) => {
  if (number === 3 && !existsSync(gate)) {
    writeFileSync(`${gate}-begun`, "");
    // Until this process has heard that its run was suspended: no task begins any more.
    while (
      await nothing().then(
        () => true,
        () => false,
      )
    )
      await sleep(10);
    writeFileSync(gate, `${process.pid}`);
  }
  note(`step ${number}`);
});
const steps = flow({ name: "steps", parameters: gated }, async ({ gate }) => {
  for (let number = 1; number <= 20; number++) await step(number, gate);
});

const SlowParameters = gated.refine(async ({ gate }) => {
  appendFileSync(`${gate}-checking`, `${process.pid}`);
  await opened(gate);
  return true;
});
const slowStart = flow({ name: "slow-start", parameters: SlowParameters }, () => note("user code"));

const finishing = flow(
  { name: "finishing", parameters: gated.extend({ fails: z.boolean() }) },
  async ({ gate, fails }) => {
    note(`pid ${process.pid}`);
    await opened(gate);
    note("ended");
    if (fails) throw new Error("failed meanwhile");
  },
);

const picky = z
  .object({ size: z.string(), color: z.string() })
  .refine(({ size, color }) => size !== "small" || color !== "green", "no small green");
const replays = flow("replays", async () => {
  for (let turn = 1; ; turn++) {
    try {
      const order = await suspendFlowRun({ waitForInput: picky, validate: "after" });
      note(`turn ${turn} ${order.size}`);
      break;
    } catch (error) {
      if (!(error instanceof InputValidationError)) throw error;
      note(`turn ${turn} ${error.issues[0]?.message}`);
    }
  }
  await suspendFlowRun({ key: "last" });
  note("done");
});
const deferred = flow("deferred", async () => {
  const order = await suspendFlowRun({ waitForInput: picky });
  note(`got ${order.size}`);
});
const gives = flow("gives-up", async () => {
  const error = await suspendFlowRun({ waitForInput: picky, maxAttempts: 2 }).catch((thrown) => thrown);
  if (!(error instanceof InputValidationError)) throw error;
  note(`gave up: ${error.issues[0]?.message}`);
});

const charge = task("charge", (amount: number) => {
  note(`charged ${amount}`);
  return { amount };
});
const today = task("today", () => {
  note("today");
  return new Date();
});
const silent = task("silent", () => note("silent"));
/** More than a value, and more than a message, may have. */
const [large, larger] = [600_000, 3_000_000].map((length) =>
  task(`${length}`, () => {
    note(`${length}`);
    return "x".repeat(length);
  }),
);
const mixed = flow("mixed", async () => {
  note("began");
  const first = await pauseFlowRun({ waitForInput: z.string() });
  const named = await pauseFlowRun({ key: "named", waitForInput: z.string() });
  const charged = [await charge(1), await charge(1), await charge(2)];
  await today();
  await silent();
  await large?.();
  await larger?.();
  const third = await suspendFlowRun({ waitForInput: z.string() });
  note(`${first} ${named} ${third} ${charged.map(({ amount }) => amount)}`);
});

const child = flow({ name: "child", parameters: z.object({ n: z.number() }) }, async ({ n }) => {
  note(`child ${n}`);
  return pauseFlowRun({ waitForInput: z.number() });
});
const parent = flow("parent", async () => {
  const first = await child({ n: 1 });
  await suspendFlowRun();
  const second = await child({ n: 2 });
  note(`sum ${first + second}`);
});

const changed = flow({ name: "changed", parameters: z.object({ file: z.string() }) }, async ({ file }) => {
  if (!existsSync(file)) {
    writeFileSync(file, "");
    await suspendFlowRun({ waitForInput: z.string() });
  }
  const error = await suspendFlowRun({ waitForInput: z.number() }).catch((thrown) => thrown);
  note(error.name);
});

const waits = flow("waits", async () => {
  note("began");
  getRunLogger().info(`pid ${process.pid}`);
  const answer = await pauseFlowRun({ waitForInput: z.string() });
  note(`answered ${answer}`);
});

const busy = flow("busy", async () => {
  note(`pid ${process.pid}`);
  const end = Date.now() + 60_000;
  while (Date.now() < end) Math.sqrt(Math.random());
});

const sleeps = flow({ name: "sleeps", parameters: z.object({ ms: z.number() }) }, async ({ ms }) => {
  note(`pid ${process.pid}`);
  const noted = path.join(process.env.NOTES ?? "", getRunContext().flowRun.id);
  process.once("exit", (code) => appendFileSync(noted, `exit ${code}\n`)); // it has none that is killed
  await sleep(ms);
  note("slept");
});

const passes = flow({ name: "passes", parameters: gated }, async ({ gate }) => {
  note("began");
  await opened(gate);
  note("ended");
});

const listens = flow("listens", async () => {
  note("began");
  try {
    for await (const text of receiveInput(z.string(), { timeout: null, cursor: "listens" }))
      note(`heard ${text}`);
  } finally {
    note("finally");
  }
});

const delegates = flow("delegates", async () => {
  const run = await runDeployment("sleeps/sleeps", { parameters: { ms: 60_000 } });
  note(run.state.name);
});

const asks = task("asks", async () => (await runDeployment("quick/quick", { timeout: 0 })).id);
const delegatesTwice = flow("delegates-twice", async () => {
  const quick = async () => (await runDeployment("quick/quick", { timeout: 0 })).id;
  const before = [await asks(), await quick()];
  await suspendFlowRun();
  note([...before, await asks(), await quick()].join(" "));
});

const judges = flow("judges", async () => {
  const answer = await pauseFlowRun({ waitForInput: z.string() });
  if (answer === "bad") throw new Error("unusable");
  note(`got ${answer}`);
});

const collects = flow("collects", async () => {
  const texts = receiveInput(z.string(), { cursor: "collects", timeout: null });
  for await (const text of texts) {
    if (text === "end") return;
    note(text);
    if (text.startsWith("nap")) {
      await texts.ack();
      await suspendFlowRun({ key: text });
    }
  }
});

const tallies = flow({ name: "tallies", parameters: z.object({ block: z.string() }) }, async ({ block }) => {
  const numbers = receiveInput(z.number(), { consume: "exclusive", timeout: null });
  for (;;) {
    const sum = await JsonBlock.load<number>(block).catch(() => new JsonBlock(0));
    if (sum.value === 6) return;
    const number = await numbers.next();
    note(`${process.pid} took ${number}`);
    if (number === 2 && sum.value === 1) await new Promise(() => undefined); // until it is killed
    sum.value += number;
    await sum.save(block, { overwrite: true, finishes: numbers });
  }
});

const quick = flow("quick", () => note(`pid ${process.pid}`));

const limit = process.env.LIMIT ? Number(process.env.LIMIT) : 5;
await serve(
  ...[
    suspends,
    answers,
    swallows,
    outer,
    fromTask,
    steps,
    slowStart,
    finishing,
    replays,
    deferred,
    gives,
    mixed,
    parent,
    changed,
    waits,
    busy,
    sleeps,
    passes,
    listens,
    delegates,
    delegatesTwice,
    quick,
    judges,
    collects,
    tallies,
  ].map((one) => one.toDeployment({ name: one.name })),
  { limit },
);
