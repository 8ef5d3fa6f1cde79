import { runCommand } from "./run-command.ts";

// A reader that has seen enough (`| head`) ends the command, and is no failure of it.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

process.exitCode = await runCommand(process.argv.slice(2));
