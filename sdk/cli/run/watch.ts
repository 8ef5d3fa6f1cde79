import { plain } from "../text/plain.ts";
import { styled } from "../text/style.ts";
import { clockText } from "../text/time.ts";
import { findRun } from "./find-run.ts";
import { stateStyle } from "./state-style.ts";
import { untilEnded } from "./until-ended.ts";

/** `antiphon run watch`: each state of the run in a line, until it has ended. The exit code is 0 if it completed, else 1. */
export async function watch(given: string, { output }: { output?: "json" }): Promise<void> {
  const { id } = await findRun(given);
  let told = 0;
  let asked: string | null = null;
  const { state } = await untilEnded(id, (run) => {
    for (const one of run.stateHistory.slice(told)) {
      const text = one.message ? `${one.name}: ${one.message}` : one.name;
      console.log(
        output === "json"
          ? JSON.stringify(one)
          : `${styled("dim", clockText(one.timestamp))}  ${styled(stateStyle(one.type), plain(text))}`,
      );
    }
    told = run.stateHistory.length;
    const asks = run.awaitedInput?.key ?? null;
    if (asks !== null && asks !== asked) console.error(`It waits for an input: antiphon resume ${id}`);
    asked = asks;
  });
  if (state.type !== "COMPLETED") process.exitCode = 1;
}
