import { CommanderError } from "commander";
import { Failure } from "./failure.ts";
import { program } from "./program.ts";

// A reader that has seen enough (`| head`) ends the command, and is no failure of it.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    console.error(error instanceof Failure ? `antiphon: ${error.message}` : error);
    process.exitCode = 1;
  }
}
