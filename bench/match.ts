import { cpus } from "node:os";
import { Matcher } from "../core/trigger/matcher.ts";
import { subject } from "./match/population.ts";

/**
 * What it costs to find the automations that an event concerns among 100, 10,000 and 100,000, of which one wants it: 70 % by an exact name,
 * 20 % by a prefix, 5 % by a negation or an inner wildcard, 5 % by labels alone. Events come in batches of 1,000, as the evaluator reads them,
 * and the sizes take turns with them. `npm run bench -- match [batches]`
 */

const sizes = [100, 10_000, 100_000];
const rounds = Number(process.argv[2] ?? 100);
const count = 1_000;
const wantedPerSecond = 50_000;
const wantedGrowth = 2;

const matchers = sizes.map((size) => {
  const matcher = new Matcher();
  const before = performance.now();
  for (let n = 0; n < size; n++) matcher.set(String(n), subject(n).trigger);
  return { size, matcher, builtMs: performance.now() - before, micros: [] as number[], found: 0 };
});

for (let round = 0; round < rounds; round++) {
  for (const subject of matchers) {
    const events = eventsFor(subject.size);
    const start = performance.now();
    let found = 0;
    for (const event of events) found += subject.matcher.candidates(event).length;
    subject.micros.push(((performance.now() - start) * 1000) / count);
    subject.found += found;
  }
}

/** Events as they come from the log: each parsed afresh, and for a trigger picked at random. */
function eventsFor(size: number) {
  return Array.from({ length: count }, () => {
    const { event } = subject(Math.floor(Math.random() * size));
    return JSON.parse(JSON.stringify(event)) as typeof event; // a copy is of the type of what it copies
  });
}

/** Of the batch that was least disturbed by whatever else the machine does. */
const least = (values: number[]) => Math.min(...values);
const cost = (size: number) => least(matchers.find((matcher) => matcher.size === size)?.micros ?? []);

console.log(
  `The matcher alone, ${rounds} batches of ${count} events, Node ${process.version}, ${cpus().length} cores.\n`,
);
console.log(
  ["triggers", "events / s", "µs / event", "found / event", "µs / set"].map((c) => c.padStart(14)).join(""),
);
for (const { size, micros, found, builtMs } of matchers) {
  const micro = least(micros);
  const cells = [size, Math.round(1e6 / micro), micro.toFixed(2), (found / count / rounds).toFixed(3)];
  console.log(
    [...cells, ((builtMs * 1000) / size).toFixed(1)].map((c) => c.toLocaleString("en").padStart(14)).join(""),
  );
}
const slowest = Math.min(...sizes.map((size) => 1e6 / cost(size)));
const growth = cost(100_000) / cost(100);
console.log(
  `\nslowest / ${wantedPerSecond.toLocaleString("en")} a second: ${(slowest / wantedPerSecond).toFixed(2)} (wanted: at least 1)`,
);
console.log(`cost at 100,000 / cost at 100: ${growth.toFixed(2)} (wanted: at most ${wantedGrowth})`);
