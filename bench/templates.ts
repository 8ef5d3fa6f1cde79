import { createRequire } from "node:module";
import { cpus } from "node:os";
import type { TemplateContext } from "../core/template/value.ts";
import { LabelTree, Thing } from "../core/template/value.ts";
import { createTemplates } from "../server/template/templates.ts";

/**
 * Renders per second of the notification of the guide, and of one over an event of 20 kB: through the whole of `renderText`, with one and
 * with four at once; beside it the same template compiled by Nunjucks itself in this thread, without any jail, as a floor. And what the
 * threads cost in memory and at the start. `npm run bench -- templates [seconds]`
 */

const seconds = Number(process.argv[2] ?? 3);

const notification = `Flow run {{ flow_run.name }} entered state {{ flow_run.state.name }}.
Timestamp: {{ flow_run.state.timestamp }}
Flow ID: {{ flow_run.flow_id }}
Flow run ID: {{ flow_run.id }}
State message: {{ flow_run.state.message }}`;

const resources = `Event {{ event.id }}
{% for label, value in event.resource %}{{ label }}: {{ value }}
{% endfor %}{% for item in event.payload.items[:50] %}{{ item.id }} {{ item.name }}, {% endfor %}`;

const state = { name: "Failed", message: "It broke", timestamp: new Date().toISOString() };
const flowRun = { id: "0198f3a2-0000-7000-8000-000000000001", name: "bold-owl", flow_id: "0198f3a2", state };
const labels = { "prefect.resource.id": "order.1", "prefect.resource.name": "One" };
const items = Array.from({ length: 190 }, (_, id) => ({ id, name: `item ${id}`, text: "x".repeat(65) }));
const event = { id: "e", payload: { items } };

const subjects: { name: string; source: string; context: TemplateContext; plain: object }[] = [
  {
    name: "the guide's notification",
    source: notification,
    context: { flow_run: new Thing("flow-run", flowRun) },
    plain: { flow_run: flowRun },
  },
  {
    name: `an event of ${Math.round(JSON.stringify(event).length / 1000)} kB`,
    source: resources,
    context: { event: { ...event, resource: new LabelTree(labels) } },
    plain: { event: { ...event, resource: labels } },
  },
];

interface Nunjucks {
  compile(source: string): { render(context: object): string };
  installJinjaCompat(): void;
}
const nunjucks = createRequire(import.meta.url)("nunjucks") as Nunjucks; // has no types of its own
nunjucks.installJinjaCompat();

const megabytes = () => process.memoryUsage().rss / 1e6;
console.log(`${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}`);
const before = megabytes();
const begun = performance.now();
const templates = createTemplates({ publicUrl: () => "http://127.0.0.1:4200" });
await templates.renderText(["{{ a }}"], {});
const first = performance.now() - begun;
console.log(`first render, with the start of the threads: ${first.toFixed(0)} ms`);

for (const { name, source, context, plain } of subjects) {
  const one = await rate(1, () => templates.renderText([source], context));
  const four = await rate(4, () => templates.renderText([source], context));
  const compiled = nunjucks.compile(source);
  const floor = await rate(1, async () => compiled.render(plain));
  console.log(
    `${name}: ${shown(one)} one at a time, ${shown(four)} four at a time; Nunjucks alone, no jail: ${shown(floor)}`,
  );
}
console.log(`memory of the threads after that: ${(megabytes() - before).toFixed(0)} MB`);
await templates.close();

/** Calls per second of so many who call one after the other; and the CPU of one call in milliseconds. */
async function rate(lanes: number, work: () => Promise<unknown>): Promise<{ rate: number; cpu: number }> {
  for (let warm = 0; warm < 50; warm++) await work();
  const end = performance.now() + seconds * 1000;
  const start = { time: performance.now(), cpu: process.cpuUsage() };
  let done = 0;
  const lane = async () => {
    while (performance.now() < end) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const { user, system } = process.cpuUsage(start.cpu);
  return { rate: (done / (performance.now() - start.time)) * 1000, cpu: (user + system) / 1000 / done };
}

function shown({ rate: perSecond, cpu }: { rate: number; cpu: number }): string {
  return `${Math.round(perSecond)}/s (${cpu.toFixed(3)} ms of CPU each)`;
}
