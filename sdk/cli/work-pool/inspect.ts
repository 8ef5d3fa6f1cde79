import { factsText } from "../text/facts.ts";
import { documentText, type Format } from "../text/print.ts";
import { timeText } from "../text/time.ts";
import { type FoundWorkPool, findWorkPool } from "./find.ts";
import { limitText, statusText } from "./list.ts";

/** `antiphon work-pool inspect` */
export async function inspect(given: string, { output }: { output?: Format }): Promise<void> {
  const found = await findWorkPool(given);
  process.stdout.write(output ? documentText(found, output) : `${factsText(factsOf(found))}\n`);
}

function factsOf(pool: FoundWorkPool): [string, string | null][] {
  const { lastPolled, variablesSchema } = pool;
  return [
    ["Name", pool.name],
    ["Id", pool.id],
    ["Type", pool.type],
    ["Description", pool.description ?? null],
    ["Status", statusText(pool)],
    ["Runs at once", limitText(pool.concurrencyLimit)],
    [
      "Queues",
      pool.queues
        .map(
          (queue) =>
            `${queue.name}: ${statusText(queue)}, priority ${queue.priority}, limit ${limitText(queue.concurrencyLimit)}, ${queue.lateRuns} late`,
        )
        .join("\n"),
    ],
    [
      "Workers",
      pool.workers.map(({ name, online }) => `${name}: ${online ? "online" : "gone"}`).join("\n") || null,
    ],
    ["Last asked for runs", lastPolled ? timeText(lastPolled) : null],
    ["Job variables", variablesSchema == null ? "any" : JSON.stringify(variablesSchema, null, 2)],
    ["Created", timeText(pool.createdAt)],
    ["Updated", timeText(pool.updatedAt)],
  ];
}
