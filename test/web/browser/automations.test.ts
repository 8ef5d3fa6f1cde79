import { afterAll, beforeAll, expect, it } from "vitest";
import { Served } from "../../sdk/support/served.ts";
import { until } from "../../support/wire.ts";
import { useConsole } from "../support/console.ts";
import { automate, tell } from "../support/tell.ts";

const antiphon = useConsole();
const served = new Served();
beforeAll(async () => void (await served.start(antiphon.server.url)));
afterAll(() => served.close());

const paid = {
  name: "thank the payer",
  description: "Says thank you.",
  tags: ["orders"],
  trigger: { type: "event", expect: ["order.paid"], for_each: ["prefect.resource.id"] },
  actions: [{ type: "do-nothing" }],
};

it("the list says in words what each automation does, and follows what is made elsewhere", async () => {
  const page = await antiphon.page("/automations");
  await page.getByText("Live", { exact: true }).waitFor();
  await automate(antiphon, paid);
  await page.getByRole("link", { name: "thank the payer" }).waitFor();
  await page.getByText("when order.paid happens, for each prefect.resource.id").waitFor();
  await page.getByText("do nothing").waitFor();
  await page.getByText("never fired").waitFor();
  await tell(antiphon, { event: "order.paid", order: 1 });
  await page.getByText(/^fired /).waitFor();

  await automate(antiphon, { ...paid, name: "another one", tags: [] });
  await page.getByRole("link", { name: "another one" }).waitFor();
  await page.getByRole("searchbox", { name: "Name contains" }).fill("ANOTHER");
  await page.waitForURL("**/automations?name=ANOTHER");
  await page.getByRole("link", { name: "thank the payer" }).waitFor({ state: "detached" });
  await page.goto(`${antiphon.server.origin}/automations?tag=orders`);
  await page.getByRole("link", { name: "thank the payer" }).waitFor();
  expect(await page.getByRole("link", { name: "another one" }).count()).toBe(0);
});

it("actions 8.1: a refused enabling is taken back, with the reason", async () => {
  // Once events are kept for a day only, nothing can look back over two.
  const id = await automate(antiphon, {
    name: "slow runs",
    enabled: false,
    trigger: {
      type: "metric",
      metric: { name: "duration", operator: ">", threshold: 60, range: 2 * 86_400, firing_for: 300 },
    },
    actions: [{ type: "do-nothing" }],
  });
  antiphon.env.ANTIPHON_EVENT_RETENTION = "1";
  await antiphon.server.stop();
  await antiphon.server.start();
  const page = await antiphon.page("/automations?name=slow");
  const toggle = page.getByRole("switch", { name: "slow runs watches" });
  await page.getByText("Live", { exact: true }).waitFor();
  await toggle.click();
  await page
    .getByRole("alert")
    .getByText(/slow runs stays disabled: .*range/)
    .waitFor();
  await until("it is off again", async () => (await toggle.getAttribute("aria-checked")) === "false");
  expect(await isEnabled(id)).toBe(false);
});

it("an automation is turned off and on, and the page follows what others do", async () => {
  const id = await automate(antiphon, { ...paid, name: "to be turned" });
  const page = await antiphon.page(`/automations/${id}`);
  await page.getByText("Live", { exact: true }).waitFor();
  const toggle = page.getByRole("switch", { name: "to be turned watches" });
  await toggle.click();
  await until("it is disabled", async () => !(await isEnabled(id)));
  await page.getByText("Disabled", { exact: true }).waitFor();
  await antiphon.ask(`mutation ($id: ID!) { setAutomationEnabled(id: $id, enabled: true) { __typename } }`, {
    id,
  });
  await page.getByText("Enabled", { exact: true }).waitFor();
});

it("a firing shows up live, with what caused it, what counted, and what its actions did", async () => {
  const { deployment } = await antiphon.ask(`{ deployment(name: "sleeps/sleeps") { id } }`);
  const deploymentId = (deployment as { id: string }).id; // what the document asks for
  const id = await automate(antiphon, {
    name: "sleeper",
    trigger: { type: "event", expect: ["sleep.wanted"], threshold: 2, within: 600 },
    actions: [
      { type: "run-deployment", source: "selected", deployment_id: deploymentId, parameters: { ms: 5 } },
      {
        type: "run-deployment",
        source: "selected",
        deployment_id: "0198c0de-0000-7000-8000-000000000000",
      },
    ],
  });
  const page = await antiphon.page(`/automations/${id}`);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByText("It has not fired yet.").waitFor();
  await page.getByText(/names no deployment/).waitFor();
  await tell(antiphon, { event: "sleep.wanted", order: 2 }, { event: "sleep.wanted", order: 3 });
  const firings = page.getByRole("region", { name: "Firings" });
  await firings.getByText("Fired", { exact: true }).waitFor();
  await firings.getByText("2 events counted").click();
  const causes = firings.getByRole("link", { name: "sleep.wanted" });
  await until("what counted is shown", async () => (await causes.count()) === 3);
  await firings.getByText("failed", { exact: true }).waitFor();
  await firings.getByText(/no deployment "0198c0de/).waitFor();
  await page.getByRole("region", { name: "Events" }).getByText("prefect.automation.action.failed").waitFor();

  await firings.getByRole("link", { name: /^run …/ }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
  await page.getByText("Made by").waitFor();
  await page.getByRole("region", { name: "Parameters" }).getByText('"ms": 5').waitFor();
  await page.getByRole("link", { name: "Deployments" }).click();
  await page.getByRole("link", { name: "sleeper" }).waitFor();
});

it("actions 8.5: an event's page says condition by condition why it fired an automation, or did not", async () => {
  const automationId = await automate(antiphon, { ...paid, name: "explained" });
  const [fits = "", other = ""] = await tell(
    antiphon,
    { event: "order.paid", order: 5 },
    { event: "order.lost", order: 5 },
  );
  const page = await antiphon.page(`/events/${other}`);
  const panel = page.getByRole("region", { name: "Did it fire an automation?" });
  await panel.getByLabel("Automation").selectOption({ label: "explained" });
  await panel.getByRole("button", { name: "Explain" }).click();
  await page.waitForURL(`**/events/${other}?automation=${automationId}`);
  await panel.getByText("It did not fire", { exact: true }).waitFor();
  await panel.getByRole("listitem").filter({ hasText: "Does not hold:" }).getByText("order.lost").waitFor();

  await until("it has fired", async () => {
    await page.goto(`${antiphon.server.origin}/events/${fits}?automation=${automationId}`);
    return panel.getByText("It fired", { exact: true }).isVisible();
  });
  await panel.getByRole("link", { name: "To the firing" }).click();
  await page.getByRole("heading", { name: "explained" }).waitFor();
  await page.locator("li:target").getByRole("link", { name: "order.paid" }).first().waitFor();
});

it("firings go on from the cursor after a lost connection: no gap, no repeat", async () => {
  const id = await automate(antiphon, {
    ...paid,
    name: "counted",
    trigger: { type: "event", expect: ["count.*"], for_each: ["prefect.resource.id"] },
  });
  const page = await antiphon.page(`/automations/${id}`);
  await page.getByText("Live", { exact: true }).waitFor();
  const firings = page.getByRole("list", { name: "Firings" });
  const orders = async () => (await firings.locator("dd").allTextContents()).join();
  await tell(antiphon, { event: "count.a", order: 1 });
  await until("the first is shown", async () => (await orders()) === "order.1");
  await page.context().setOffline(true);
  await page.getByText("Offline").waitFor();
  await tell(antiphon, { event: "count.b", order: 2 }, { event: "count.c", order: 3 });
  await page.context().setOffline(false);
  await page.getByText("Live", { exact: true }).waitFor();
  await until("all are shown once", async () => (await orders()) === "order.3,order.2,order.1");
});

it("shows the definition as files hold it", async () => {
  const id = await automate(antiphon, { ...paid, name: "yes" });
  const page = await antiphon.page(`/automations/${id}`);
  const definition = page.getByRole("region", { name: "Definition" });
  await definition.getByText('name: "yes"').waitFor();
  await definition.getByText("- order.paid").waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  await definition.getByRole("button", { name: "JSON", exact: true }).click();
  await definition.getByText('"name": "yes"').waitFor();
});

it("deletes after asking, by name", async () => {
  const id = await automate(antiphon, { ...paid, name: "to be deleted" });
  const page = await antiphon.page(`/automations/${id}`);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Delete to be deleted?" });
  await dialog.getByRole("button", { name: "Delete the automation" }).click();
  await page.waitForURL("**/automations");
  await page.getByRole("heading", { name: "Automations" }).waitFor();
  expect(await page.getByRole("link", { name: "to be deleted" }).count()).toBe(0);
  const answer = await fetch(`${antiphon.server.origin}/automations/${id}`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain("There is no such automation");
});

it.each([380, 1440])("fits a window %i wide, light and dark", async (width) => {
  const id = await automate(antiphon, { ...paid, name: `a-name-without-any-space-${"x".repeat(60)}` });
  const [event = ""] = await tell(antiphon, {
    event: `long.${"y".repeat(80)}`,
    order: 4,
    payload: { text: "z".repeat(300) },
  });
  for (const path of ["/events", `/events/${event}`, "/automations", `/automations/${id}`]) {
    const page = await antiphon.page(path, { width, dark: width < 1000 });
    await page.getByText("Live", { exact: true }).waitFor();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    await page.close();
  }
});

async function isEnabled(id: string): Promise<boolean> {
  const { automation } = await antiphon.ask(`query ($id: ID!) { automation(id: $id) { enabled } }`, { id });
  return (automation as { enabled: boolean }).enabled; // what the document asks for
}
