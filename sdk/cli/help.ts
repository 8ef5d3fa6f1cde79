import { type Argument, Help, type HelpConfiguration, type Option } from "commander";

const last = ["--output", "--json", "--help"];

/** Commands without a mark that they have options, as all have; the options that all have come last. */
export const help: HelpConfiguration = {
  subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(typed)].join(" "),
  visibleOptions(command) {
    const place = ({ long }: Option) => last.indexOf(long ?? "");
    return new Help().visibleOptions(command).sort((a, b) => place(a) - place(b));
  },
};

function typed(argument: Argument): string {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
}
