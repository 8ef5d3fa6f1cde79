import { execFile } from "node:child_process";
import { cpus } from "node:os";
import { promisify } from "node:util";
import { Matcher } from "../core/trigger/matcher.ts";
import { subject } from "./match/population.ts";

/**
 * What it costs to find the automations that an event concerns among 100, 10,000 and 100,000, of which one wants it: 70 % by an exact name,
 * 20 % by a prefix, 5 % by a negation or an inner wildcard, 5 % by labels alone. Events come in batches of 1,000, as the evaluator reads them.
 * Each size has a process of its own, as a server has one matcher, and the sizes take turns with them. `npm run bench -- match [batches]`
 */

const sizes = [100, 10_000, 100_000];
const turns = 3;
const count = 1_000;
const wantedPerSecond = 50_000;
const wantedGrowth = 2;

/** What a turn of one size measured. */
interface Turn {
  builtMs: number;
  /** An event's, of the batch that was least disturbed by whatever else the machine does. */
  micros: number;
  found: number;
}

const [given, size] = process.argv.slice(2);
const rounds = Number(given ?? 100);

if (size !== undefined) console.log(JSON.stringify(measure(Number(size))));
else report(await takeTurns());

function measure(triggers: number): Turn {
  const matcher = new Matcher();
  const before = performance.now();
  for (let n = 0; n < triggers; n++) matcher.set(String(n), subject(n).trigger);
  const builtMs = performance.now() - before;
  let micros = Number.POSITIVE_INFINITY;
  let found = 0;
  for (let round = 0; round < rounds; round++) {
    const events = eventsFor(triggers);
    const start = performance.now();
    for (const event of events) found += matcher.candidates(event).length;
    micros = Math.min(micros, ((performance.now() - start) * 1000) / count);
  }
  return { builtMs, micros, found };
}

/** Events as they come from the log: each parsed afresh, and for a trigger picked at random. */
function eventsFor(triggers: number) {
  return Array.from({ length: count }, () => {
    const { event } = subject(Math.floor(Math.random() * triggers));
    return JSON.parse(JSON.stringify(event)) as typeof event; // a copy is of the type of what it copies
  });
}

async function takeTurns(): Promise<Map<number, Turn>> {
  const best = new Map<number, Turn>();
  for (let turn = 0; turn < turns; turn++)
    for (const triggers of sizes) {
      const [script = ""] = process.argv.slice(1);
      const args = [...process.execArgv, script, String(rounds), String(triggers)];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      const measured = JSON.parse(stdout) as Turn; // printed above
      const before = best.get(triggers);
      if (before === undefined || measured.micros < before.micros) best.set(triggers, measured);
    }
  return best;
}

function report(turnsOf: ReadonlyMap<number, Turn>): void {
  console.log(
    `The matcher alone, ${turns} times ${rounds} batches of ${count} events, Node ${process.version}, ${cpus().length} cores.\n`,
  );
  const heads = ["triggers", "events / s", "µs / event", "found / event", "µs / set"];
  console.log(heads.map((head) => head.padStart(14)).join(""));
  for (const [triggers, { micros, found, builtMs }] of turnsOf) {
    const cells = [
      triggers,
      Math.round(1e6 / micros),
      micros.toFixed(2),
      (found / count / rounds).toFixed(3),
    ];
    const row = [...cells, ((builtMs * 1000) / triggers).toFixed(1)];
    console.log(row.map((cell) => cell.toLocaleString("en").padStart(14)).join(""));
  }
  const cost = (triggers: number) => turnsOf.get(triggers)?.micros ?? Number.NaN;
  const slowest = 1e6 / Math.max(...sizes.map(cost));
  console.log(
    `\nslowest / ${wantedPerSecond.toLocaleString("en")} a second: ${(slowest / wantedPerSecond).toFixed(2)} (wanted: at least 1)`,
  );
  const growth = cost(100_000) / cost(100);
  console.log(`cost at 100,000 / cost at 100: ${growth.toFixed(2)} (wanted: at most ${wantedGrowth})`);
}
