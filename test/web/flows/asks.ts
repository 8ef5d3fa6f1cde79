import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import {
  flow,
  getRunContext,
  getRunLogger,
  pauseFlowRun,
  receiveInput,
  withInitialData,
} from "../../../sdk/index.ts";

/** Prints what a test waits for. */
function say(name: string, value: unknown = null): void {
  console.log(`${name} ${JSON.stringify(value)}`);
}

const Order = z
  .object({
    name: z.string().describe("As it goes on the parcel"),
    size: z.enum(["small", "medium", "large"]).default("medium"),
    items: z.array(z.object({ sku: z.string().min(1), qty: z.int().min(1) })).min(1),
  })
  .check((context) => {
    context.value.items.forEach((item, index) => {
      if (item.qty > 10)
        context.issues.push({
          code: "custom",
          message: "only 10 are left",
          path: ["items", index, "qty"],
          input: item.qty,
        });
    });
  });

const Booking = z
  .object({
    kind: z.literal("train"),
    class: z.literal(["first", "second"]),
    trip: z.object({ to: z.string().min(1), nights: z.int().min(0).default(2) }),
    guests: z.array(z.string().min(1)).min(1),
  })
  .check(({ value, issues }) => {
    if (value.class === "first" && value.trip.nights > 7)
      issues.push({
        code: "custom",
        message: "first class is for a week at most",
        path: ["trip", "nights"],
        input: value,
      });
    if (value.class === "first" && value.guests.length > 1)
      issues.push({
        code: "custom",
        message: "first class has one seat left",
        path: ["guests", 1],
        input: value,
      });
  });

const Tree: z.ZodType<{ name: string; children: unknown[] }> = z.lazy(() =>
  z.object({ name: z.string(), children: z.array(Tree) }),
);

/** One field of every kind that forms draw. */
const Everything = z.object({
  line: z.string(),
  lines: z.string().max(500),
  email: z.email(),
  link: z.url(),
  day: z.iso.date(),
  moment: z.iso.datetime(),
  time: z.iso.time(),
  span: z.iso.duration(),
  secret: z.string().meta({ format: "password" }),
  config: z.string().meta({ format: "json-string" }),
  whole: z.int(),
  fraction: z.number(),
  yes: z.boolean(),
  choice: z.enum(["red", "blue"]),
  fixed: z.literal("v1"),
  several: z.array(z.enum(["a", "b", "c"])),
  list: z.array(z.string()),
  pair: z.tuple([z.string(), z.number()]),
  group: z.object({ inner: z.string() }),
  scores: z.record(z.string(), z.number()),
  payment: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("card"), number: z.string() }),
    z.object({ kind: z.literal("invoice"), to: z.email() }),
  ]),
  nickname: z.string().nullable(),
  maybe: z.union([z.string(), z.number()]),
  tree: Tree,
  anything: z.json(),
  left: z.string().optional(),
});

const flows = {
  everything: flow("everything", async () => {
    say("run", getRunContext().flowRun.id);
    say("answer", await pauseFlowRun({ waitForInput: Everything }));
  }),
  order: flow("order", async () => {
    say("run", getRunContext().flowRun.id);
    const order = await pauseFlowRun({
      waitForInput: withInitialData(
        Order,
        { name: "Ada" },
        {
          description:
            "**What** shall we print? [free](javascript:window.hacked=1) [terms](https://example.com)",
        },
      ),
    });
    say("order", order);
  }),
  booking: flow("booking", async () => {
    say("run", getRunContext().flowRun.id);
    const description = "Where to?\n\n- one _train_ a day\n- **no** pets";
    say("booking", await pauseFlowRun({ waitForInput: withInitialData(Booking, {}, { description }) }));
  }),
  defaults: flow("defaults", async () => {
    say("run", getRunContext().flowRun.id);
    say(
      "answer",
      await pauseFlowRun({
        waitForInput: z.object({ size: z.string().default("large"), gift: z.boolean().default(true) }),
      }),
    );
  }),
  emptied: flow("emptied", async () => {
    say("run", getRunContext().flowRun.id);
    const type = z.object({
      nick: z.string().nullable().default("Al"),
      note: z.string(),
      tag: z.string().optional(),
    });
    say("answer", await pauseFlowRun({ waitForInput: type }));
  }),
  number: flow("number", async () => {
    say("run", getRunContext().flowRun.id);
    say("first", await pauseFlowRun({ waitForInput: z.number() }));
    say("second", await pauseFlowRun({ waitForInput: z.string().nullable() }));
  }),
  plain: flow("plain", async () => {
    say("run", getRunContext().flowRun.id);
    await pauseFlowRun();
    say("resumed");
  }),
  hasty: flow("hasty", async () => {
    say("run", getRunContext().flowRun.id);
    await pauseFlowRun({ waitForInput: z.string(), timeout: 10 });
  }),
  talks: flow("talks", async () => {
    say("run", getRunContext().flowRun.id);
    const log = getRunLogger();
    for await (const text of receiveInput(z.string(), { timeout: null })) {
      log.info(`heard ${text}`);
      if (text === "burst") for (let line = 1; line <= 10_000; line++) log.info(`line ${line}`);
      if (text === "end") break;
    }
    await sleep(10);
  }),
};

const chosen = flows[process.argv[2] as keyof typeof flows];
if (chosen === undefined) throw new Error(`no flow ${process.argv[2]}`);
await chosen();
say("done");
