import { CommanderError } from "commander";
import { Failure } from "./failure.ts";
import { program } from "./program.ts";

/**
 * Runs `antiphon` with what was typed behind it.
 *
 * @returns its exit code: 0 where all was done, 1 where something was refused or failed, 2 for a wrong call, else what the
 * command says
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    await program().parseAsync(args, { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // Help that was asked for comes as an error with the code 0; every other one is a wrong call.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof Failure)) {
      console.error(error);
      return 1;
    }
    console.error(`antiphon: ${error.message}`);
    return error.exitCode;
  }
}
