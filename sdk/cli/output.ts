import { type Command, Option } from "commander";

/**
 * Gives a command the options `-o, --output <format>` and `--json`; the command itself only reads `output`, which is
 * undefined where people read.
 *
 * @param what what programs get, such as "whole runs"
 */
export function withOutput(
  command: Command,
  what = "whole documents",
  formats: readonly string[] = ["json", "yaml"],
): Command {
  return command
    .addOption(new Option("-o, --output <format>", `${what}, for programs`).choices(formats))
    .addOption(new Option("--json", "the same as -o json").implies({ output: "json" }));
}
