import { createInterface } from "node:readline/promises";

/** Asks whether to go on, where somebody is there to answer and has not said `--yes`; says so where not. */
export async function confirmed(question: string, { yes }: { yes?: boolean }): Promise<boolean> {
  if (yes === true || !process.stdin.isTTY || !process.stdout.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const agreed = /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
    if (!agreed) console.log("Nothing was done.");
    return agreed;
  } finally {
    terminal.close();
  }
}
