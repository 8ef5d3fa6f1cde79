import { socketClient } from "../client/client.ts";
import type { FlowDeployment } from "../deployment/definition.ts";

/** What is served, where it can be seen, and how a run is started. */
export function banner(deployments: FlowDeployment[], limit: number | null): string {
  const api = socketClient().connection.url;
  const names = deployments.map(({ flowName, name }) => `${flowName}/${name}`);
  const mutation = `mutation { runDeployment(deployment: "${names[0]}") { ... on FlowRun { uiUrl } ... on Error { message } } }`;
  const body = JSON.stringify({ query: mutation }).replaceAll("'", "'\\''");
  return [
    "",
    `Serving ${names.join(", ")}, ${limit === null ? "any number of" : `at most ${limit}`} runs at once.`,
    `Console:     ${new URL("/", api).href}`,
    `Start a run: curl -s ${api} -H 'content-type: application/json' -d '${body}'`,
    "Stop with Ctrl-C.",
    "",
  ].join("\n");
}
