import { Command } from "commander";
import { collect } from "../collect.ts";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

/** `antiphon resume` */
export function resumeCommand(): Command {
  return withOutput(new Command("resume"), "the run and its answer")
    .argument("<run>", "its id, or its name where only one run has it")
    .description("Let a waiting run go on, with an answer where it asks for one.")
    .option(
      "--input <field=value>",
      "a field of the answer, with dots into objects (address.city=Lyon); may be repeated, and adds to lists",
      collect,
    )
    .option("--input-json <json>", "the whole answer; @FILE reads a file, - the standard input")
    .option("--key <key>", "which question is answered; the one that is open where it is left out")
    .addHelpText(
      "after",
      [
        "",
        "Values are read as the question's schema says: count=3 is a number where it asks for one, and a text where",
        "it asks for a text. Without --input, on a terminal, it asks for each field. Elsewhere, what must be given",
        "and is not ends the command with the exit code 2, and the fields.",
        "",
        "For example:",
        "  antiphon resume cheerful-otter --input size=M --input count=3",
      ].join("\n"),
    )
    .action(loaded(async () => (await import("./resume.ts")).resume));
}
