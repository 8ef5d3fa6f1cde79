import { type DeploymentRowFragment, ListDeploymentsDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import type { Style } from "../text/style.ts";
import { type Column, rowsText } from "../text/table.ts";
import { scheduleText } from "./schedule-text.ts";

interface ListOptions {
  flow?: string;
  name?: string;
  tag?: string[];
  output?: Format;
}

/** `antiphon deployment ls` */
export async function list(options: ListOptions): Promise<void> {
  const { deployments } = await request(ListDeploymentsDocument, {});
  const found = deployments.filter((one) => isWanted(one, options));
  if (options.output) process.stdout.write(documentText(found, options.output));
  else if (found.length > 0) console.log(rowsText(columnsOf(found), found, terminalWidth()));
  else if (deployments.length > 0) console.log("There is no such deployment.");
  else
    console.log(
      "There are no deployments yet: `antiphon deploy` makes those of antiphon.yaml, and serving a flow makes one.",
    );
}

function isWanted({ fullName, name, tags }: DeploymentRowFragment, options: ListOptions): boolean {
  const flow = fullName.slice(0, -name.length - 1);
  return (
    (options.flow === undefined || flow === options.flow) &&
    (options.name === undefined || fullName.includes(options.name)) &&
    (options.tag ?? []).every((tag) => tags.includes(tag))
  );
}

/** Columns that say nothing of any of them are left out. */
function columnsOf(rows: readonly DeploymentRowFragment[]): Column<DeploymentRowFragment>[] {
  const optional = [tags, pool, schedules].filter(({ of }) => rows.some((row) => of(row) !== ""));
  return [name, status, ...optional, id];
}

const name: Column<DeploymentRowFragment> = { title: "NAME", of: ({ fullName }) => fullName };
const status: Column<DeploymentRowFragment> = { title: "STATUS", of: statusText, style: statusStyle };
const tags: Column<DeploymentRowFragment> = { title: "TAGS", of: (row) => row.tags.join(", ") };
const pool: Column<DeploymentRowFragment> = { title: "WORK POOL", of: poolText };
const schedules: Column<DeploymentRowFragment> = {
  title: "SCHEDULES",
  of: (row) =>
    row.schedules.map((one) => (one.active ? scheduleText(one) : `${scheduleText(one)} (paused)`)).join(", "),
};
const id: Column<DeploymentRowFragment> = { title: "ID", of: (row) => row.id, style: () => "dim" };

/** Whether its runs would be started. */
export function statusText({
  paused,
  status: ready,
}: Pick<DeploymentRowFragment, "paused" | "status">): string {
  if (paused) return "paused";
  return ready === "READY" ? "ready" : "not ready";
}

function statusStyle({ paused, status: ready }: DeploymentRowFragment): Style | null {
  return paused ? "yellow" : ready === "READY" ? "green" : "dim";
}

/** The pool, and the queue where it is not the pool's default one. */
export function poolText({
  workPool,
  workQueue,
}: Pick<DeploymentRowFragment, "workPool" | "workQueue">): string {
  if (!workPool) return "";
  return workQueue && workQueue.name !== "default" ? `${workPool.name}/${workQueue.name}` : workPool.name;
}
