import { readFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import type { TemplateProblem } from "../../core/template/template-error.ts";
import { Jail } from "./jail.ts";
import type { Answer, CheckedSource, Job } from "./protocol.ts";
import { zoneSpans } from "./zone-spans.ts";

/** Interrupts of one template and of all that an action renders: about 50 and 250 ms of a usual machine, but counted. */
const perTemplate = 200;
const perJob = 1_000;
/** Characters of a source that are read and compiled within one interrupt. */
const perCompiled = 80;
/** Bytes of a context that are read within one interrupt. */
const perInterrupt = 2_000;
const mostOutput = 256 * 1024;
const mostZones = 8;
/** Bytes of a context up to which all templates of a job are tried at once. */
const mostTogether = 64 * 1024;

const code = readFileSync(new URL("./jail.js", import.meta.url), "utf8");
const jail = await Jail.open(code);

type Reply = Record<string, unknown> & { error?: TemplateProblem; zone?: string; fatal?: string };

/** What an instance says. Throws a problem where the instance broke; it is replaced then. */
function ask(request: object, budget: number, renders = 1): Reply {
  let why: string;
  try {
    const told = jail.ask(request, budget, renders);
    if ("json" in told) {
      const reply = JSON.parse(told.json) as Reply; // what the jail's one function writes
      if (reply.fatal === undefined) return reply;
      why = reply.fatal;
    } else why = told.broken;
  } catch (trap) {
    // The machine itself may be broken: the thread ends once it has told of it.
    throw new Broken(reason(String(trap)), true);
  }
  jail.renew();
  throw new Broken(reason(why), false);
}

class Broken extends Error {
  constructor(
    message: string,
    readonly isTrap: boolean,
  ) {
    super(message);
  }
}

function reason(why: string): string {
  if (why === "interrupted") return "it takes more steps than a template may";
  if (/out of memory/i.test(why)) return "it needs more than 16 MB of memory";
  if (/stack/i.test(why)) return "it is nested too deeply";
  if (/realm was changed/.test(why)) return "it changed the engine that renders templates";
  return `it cannot be rendered: ${why.split("\n")[0]}`;
}

function check(sources: readonly string[]): Answer {
  return { kind: "checked", checked: sources.map(checkOne) };
}

function checkOne(source: string): CheckedSource {
  try {
    return ask(
      { op: "check", source },
      perTemplate + source.length / perCompiled,
    ) as unknown as CheckedSource; // the jail's answer to this request
  } catch (error) {
    if (!(error instanceof Broken) || error.isTrap) throw error;
    return { problems: [{ message: error.message, line: 1, column: 1 }], names: [] };
  }
}

function render(job: Extract<Job, { kind: "render" }>): Answer {
  return together(job) ?? apart(job);
}

/** Several templates at once, within what one may take; null where that does not do, also for what is wrong with one of them. */
function together({ templates, context, now, url, strict }: RenderJob): Answer | null {
  // Loops may take what is allowed to one alone.
  const isCheap = templates.every(({ source }) => !source.includes("{%"));
  if (templates.length < 2 || !isCheap || context.length > mostTogether) return null;
  const sources = templates.reduce((sum, { source }) => sum + source.length, 0);
  const budget = perTemplate + sources / perCompiled + context.length / perInterrupt;
  const given = { context: JSON.parse(context) as unknown, now, url, strict, zones: {} };
  try {
    const { values } = ask(
      { op: "together", ...given, templates, most: mostOutput },
      budget,
      templates.length,
    );
    return values === undefined ? null : { kind: "rendered", values: JSON.stringify(values) };
  } catch (error) {
    if (!(error instanceof Broken) || error.isTrap) throw error;
    return null;
  }
}

type RenderJob = Extract<Job, { kind: "render" }>;

/** One after the other, each within limits of its own. */
function apart(job: RenderJob): Answer {
  const zones: Record<string, unknown> = {};
  const context = JSON.parse(job.context) as unknown;
  const give = () => {
    const { now, url, strict } = job;
    ask({ op: "context", context, now, url, strict, zones }, perJob + job.context.length / perInterrupt);
  };
  let left = perJob;
  const values: string[] = [];
  for (let at = 0; at < job.templates.length; at += 1) {
    const template = job.templates[at];
    if (template === undefined) break;
    try {
      if (at === 0) give();
      const budget = Math.min(perTemplate, left) + template.source.length / perCompiled;
      const reply = ask({ op: "render", ...template, most: mostOutput }, budget);
      left -= jail.interrupts;
      if (reply.zone !== undefined && Object.keys(zones).length < mostZones) {
        zones[reply.zone] = zoneSpans(reply.zone);
        give();
        at -= 1;
      } else if (reply.error !== undefined) return { kind: "failed", at, problem: reply.error };
      else if (reply.zone !== undefined) return failed(at, `it uses more than ${mostZones} time zones`);
      else values.push(JSON.stringify(reply.text ?? reply.value ?? null));
    } catch (error) {
      if (!(error instanceof Broken) || error.isTrap) throw error;
      return failed(at, error.message);
    }
  }
  return { kind: "rendered", values: `[${values.join(",")}]` };
}

function failed(at: number, message: string): Answer {
  return { kind: "failed", at, problem: { message, line: 0, column: 0 } };
}

function work(job: Job): void {
  let answer: Answer;
  try {
    answer = job.kind === "check" ? check(job.sources) : render(job);
  } catch (error) {
    const message = error instanceof Broken ? error.message : `it cannot be rendered: ${String(error)}`;
    parentPort?.postMessage(failed(0, message));
    process.exit(1);
  }
  parentPort?.postMessage(answer);
  if (jail.isWorn) jail.renew();
}

parentPort?.on("message", work);
parentPort?.postMessage({ kind: "ready" } satisfies Answer);
