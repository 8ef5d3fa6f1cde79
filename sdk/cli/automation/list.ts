import type { AutomationFilter, AutomationSort, ShownAutomationFragment } from "../../gql/graphql.ts";
import { UsageError } from "../failure.ts";
import { plain, wrapped } from "../text/plain.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { type Column, table } from "../text/table.ts";
import { all } from "./all.ts";
import type { Disabled } from "./disabled.ts";
import { type Known, known, whole } from "./known.ts";
import { targetNames } from "./target-names.ts";
import { actionsText, triggerText } from "./words.ts";

interface ListOptions {
  name?: string;
  tag?: string[];
  enabled?: boolean;
  paused?: boolean;
  owner?: string;
  trigger?: string[];
  action?: string[];
  sort: keyof typeof orders;
  output?: Format;
}

/** Of `--sort`. */
export const orders = {
  name: "NAME_ASC",
  "-name": "NAME_DESC",
  created: "CREATED_DESC",
  updated: "UPDATED_DESC",
} as const satisfies Record<string, AutomationSort>;

/** `antiphon automation ls` */
export async function list(options: ListOptions): Promise<void> {
  const { output } = options;
  const filter = filterOf(options);
  const found = await all({ name: options.name || undefined, filter, sort: orders[options.sort] });
  if (output) process.stdout.write(documentText(found.map(whole), output));
  else if (found.length === 0) console.log(nothing(options));
  else console.log(await shown(found.map(row)));
}

function filterOf({ tag, enabled, paused, owner, trigger, action }: ListOptions): AutomationFilter {
  if (enabled && paused) throw new UsageError("give --enabled or --paused, not both");
  return {
    ...(tag && { tags: tag }),
    ...((enabled || paused) && { enabled: enabled ?? false }),
    ...(owner !== undefined && { ownerResource: owner }),
    ...(trigger && { triggerTypes: trigger }),
    ...(action && { actionTypes: action }),
  };
}

interface Row extends Known {
  disabled: readonly Disabled[];
  /** Actions that name what is not there. */
  broken: readonly { list: string; place: number }[];
}

function row(automation: ShownAutomationFragment): Row {
  const { actions, actionsOnTrigger, actionsOnResolve, disabledActions: disabled } = automation;
  const broken = Object.entries({
    actions,
    actions_on_trigger: actionsOnTrigger,
    actions_on_resolve: actionsOnResolve,
  }).flatMap(([list, of]) => of.flatMap((action, place) => (action.broken ? [{ list, place }] : [])));
  return { ...known(automation), disabled, broken };
}

async function shown(rows: Row[]): Promise<string> {
  const names = await targetNames();
  const description: Column<Row> = { title: "DESCRIPTION", of: (row) => row.description };
  const words: Column<Row>[] = [
    ...(rows.some((row) => row.description) ? [description] : []),
    { title: "TRIGGER", of: ({ document }) => triggerText(document) },
    { title: "ACTIONS", of: (row) => actionsText(row.document, names, row) },
  ];
  const width = terminalWidth();
  return (
    table([name, enabled, ...words, id], rows, width) ??
    rows.map((row) => block(row, words, width)).join("\n")
  );
}

const name: Column<Row> = { title: "NAME", of: (row) => row.name };
const enabled: Column<Row> = { title: "ENABLED", of: (row) => (row.enabled ? "yes" : "no") };
const id: Column<Row> = { title: "ID", of: (row) => row.id };

/** One automation on lines of its own, where the terminal is too narrow for a table. */
function block(row: Row, words: readonly Column<Row>[], width: number): string {
  const texts = words.map(({ of }) => plain(of(row))).filter((text) => text !== "");
  const lines = texts.flatMap((text) => wrapped(text, Math.max(20, width - 2)));
  return [
    `${plain(row.name)}${row.enabled ? "" : " (paused)"}`,
    ...[...lines, row.id].map((line) => `  ${line}`),
  ].join("\n");
}

function nothing(options: ListOptions): string {
  return options.name || Object.keys(filterOf(options)).length > 0
    ? "There is no such automation."
    : "There are no automations yet: `antiphon automation apply -f FILE` makes one.";
}
