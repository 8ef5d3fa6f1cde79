import { CommanderError } from "commander";
import { Failure } from "./failure.ts";
import { program } from "./program.ts";

// A reader that has seen enough (`| head`) ends the command, and is no failure of it.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

try {
  await program().parseAsync();
} catch (error) {
  // Help that was asked for comes as an error with the code 0; every other one is a wrong call.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof Failure) {
    console.error(`antiphon: ${error.message}`);
    process.exitCode = error.exitCode;
  } else {
    console.error(error);
    process.exitCode = 1;
  }
}
