import { expect, it } from "vitest";
import { until } from "../../support/wire.ts";
import { useConsole } from "../support/console.ts";

const antiphon = useConsole();

const register = `mutation ($deployment: DeploymentInput!) {
  registerDeployment(deployment: $deployment) { __typename ... on RegisteredDeployment { deployment { id } } } }`;
const start = `mutation ($deployment: String!, $name: String, $scheduledTime: DateTime) {
  runDeployment(deployment: $deployment, name: $name, scheduledTime: $scheduledTime) { __typename ... on FlowRun { id } } }`;

async function run(name: string, scheduledTime?: string): Promise<string> {
  const { runDeployment } = await antiphon.ask(start, { deployment: "orders/main", name, scheduledTime });
  return (runDeployment as { id: string }).id;
}

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

it("upcoming runs are counted above the list, live, and shown soonest first", async () => {
  await antiphon.ask(register, { deployment: { flowName: "orders", name: "main" } });
  await run("tomorrow", inHours(30));
  await run("now");
  const page = await antiphon.page("/runs");
  const runs = page.getByRole("region", { name: "Runs" });
  await runs.getByRole("link", { name: "now", exact: true }).waitFor();
  expect(await runs.getByRole("link", { name: "tomorrow" }).count()).toBe(0);
  await runs.getByRole("link", { name: "1 upcoming" }).waitFor();
  await run("soon", inHours(1));
  await runs.getByRole("link", { name: "2 upcoming" }).click();
  await page.waitForURL("**/runs?upcoming=1");
  await runs.getByText("in 1d").waitFor();
  expect(await runs.locator(".row-link").allTextContents()).toEqual(["soon", "tomorrow"]);
  await run("last", inHours(60));
  await runs.getByRole("link", { name: "last" }).waitFor();
  expect(await runs.locator(".row-link").allTextContents()).toEqual(["soon", "tomorrow", "last"]);
  await page.goto(`${antiphon.server.origin}/runs?state=scheduled`);
  await runs.getByRole("link", { name: "tomorrow" }).waitFor();
});

it("a run's page says why it does not begin, and says so as long as that holds", async () => {
  const { registerDeployment } = await antiphon.ask(register, {
    deployment: { flowName: "orders", name: "main", paused: true },
  });
  const id = await run("held");
  const page = await antiphon.page(`/runs/${id}`);
  await page
    .getByText("Waits because the deployment orders/main is paused, and no runner that serves it is online.")
    .waitFor();
  const { deployment } = registerDeployment as { deployment: { id: string } };
  await antiphon.ask("mutation ($id: ID!) { setDeploymentPaused(id: $id, paused: false) { __typename } }", {
    id: deployment.id,
  });
  await page.getByText("Waits because no runner that serves it is online.").waitFor();
  await antiphon.person.cancel(id);
  await page.getByText(/Waits because/).waitFor({ state: "detached" });
});

it("a run's page tells what a schedule made from what somebody started", async () => {
  const page = await antiphon.page(`/runs/${await run("asked-for")}`);
  await page.getByText("Made by").locator("..").getByText("hand", { exact: true }).waitFor();
  await antiphon.ask(register, {
    deployment: { flowName: "clock", name: "main", schedules: [{ interval: 3600 }] },
  });
  const first = '{ flowRuns(filter: { flowNames: ["clock"], upcoming: true }, first: 1) { nodes { id } } }';
  const made = async () => {
    const { flowRuns } = await antiphon.ask(first);
    return (flowRuns as { nodes: { id: string }[] }).nodes[0]?.id;
  };
  await until("the schedule has made runs", async () => (await made()) !== undefined);
  await page.goto(`${antiphon.server.origin}/runs/${await made()}`);
  await page.getByText("its schedule", { exact: true }).waitFor();
});

it.each([
  ["/runs?flow=orders&after=zz", "/runs?flow=orders"],
  ["/automations?after=zz", "/automations"],
  ["/automations/failed?after=zz", "/automations/failed"],
])("the address %s, whose cursor is none, leads to the first page", async (address, first) => {
  const answer = await fetch(antiphon.server.origin + address);
  expect(answer.status).toBe(200);
  const html = await answer.text();
  expect(html).toContain("There is no such page of this list");
  expect(html).toContain(`href="${first}"`);
});
