import { issueLine } from "../automation/issue-line.ts";
import { socketClient } from "../client/client.ts";
import type { Registered } from "./register.ts";

/** What is served, what became of its triggers and schedules, where it can be seen, and how a run is started. */
export function banner(registered: Registered[], limit: number | null): string {
  const api = socketClient().connection.url;
  const names = registered.map(({ deployment }) => deployment.fullName);
  const mutation = `mutation { runDeployment(deployment: "${names[0]}") { ... on FlowRun { uiUrl } ... on Error { message } } }`;
  const body = JSON.stringify({ query: mutation }).replaceAll("'", "'\\''");
  return [
    "",
    `Serving ${names.join(", ")}, ${limit === null ? "any number of" : `at most ${limit}`} runs at once.`,
    ...registered.flatMap(({ deployment, triggers, schedules }) => [
      ...changesLine(`Triggers of ${deployment.fullName}`, triggers),
      ...changesLine(`Schedules of ${deployment.fullName}`, schedules),
    ]),
    `Console:     ${new URL("/", api).href}`,
    `Start a run: curl -s ${api} -H 'content-type: application/json' -d '${body}'`,
    "Stop with Ctrl-C.",
    "",
  ].join("\n");
}

/** What is valid but doubtful in the triggers. */
export function triggerWarnings(registered: Registered[]): string[] {
  return registered.flatMap(({ deployment }) =>
    deployment.automations
      .filter(({ ownerResource }) => ownerResource === `prefect.deployment.${deployment.id}`)
      .flatMap(({ name, warnings }) =>
        warnings.map((warning) => `antiphon: trigger ${name}: ${issueLine(warning)}`),
      ),
  );
}

/** Nothing where there are none and were none. */
function changesLine(
  what: string,
  { created, updated, unchanged, removed }: Registered["triggers"] | Registered["schedules"],
): string[] {
  const parts = Object.entries({ created, updated, unchanged, removed })
    .filter(([, names]) => names.length > 0)
    .map(([what, names]) => `${names.length} ${what} (${names.join(", ")})`);
  return parts.length === 0 ? [] : [`${what}: ${parts.join(", ")}.`];
}
