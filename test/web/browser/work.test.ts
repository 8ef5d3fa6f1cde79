import { expect, it } from "vitest";
import { until } from "../../support/wire.ts";
import { useConsole } from "../support/console.ts";

const antiphon = useConsole();

/** Registers a deployment; gives its id. */
async function register(deployment: Record<string, unknown>): Promise<string> {
  const { registerDeployment } = await antiphon.ask(
    `mutation ($deployment: DeploymentInput!) {
      registerDeployment(deployment: $deployment) {
        ... on RegisteredDeployment { deployment { id } } ... on Error { message }
      }
    }`,
    { deployment },
  );
  const { deployment: made, message } = registerDeployment as {
    deployment?: { id: string };
    message?: string;
  }; // what the document asks for
  if (made === undefined) throw new Error(message);
  return made.id;
}

const ship = {
  flowName: "ship",
  name: "nightly",
  description: "Packs an order and **ships** it.",
  parameters: { address: "12 Rue de la Paix" },
  parameterSchema: {
    type: "object",
    properties: {
      order: { type: "integer", minimum: 1 },
      address: { type: "string", minLength: 5 },
    },
    required: ["order", "address"],
  },
};

it("actions 8.7: a quick run that lacks something opens the form, which starts it when all is well", async () => {
  const id = await register(ship);
  await register({ ...ship, name: "other" });
  const page = await antiphon.page("/deployments");
  await page.getByRole("searchbox", { name: "Name contains" }).fill("NIGHT");
  await page.waitForURL("**/deployments?name=NIGHT");
  await page.getByRole("link", { name: "ship/other" }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "ship/nightly" }).click();
  await page.waitForURL(`**/deployments/${id}`);
  await page.getByText("It has not run yet.").waitFor();
  await page.getByRole("button", { name: "Quick run" }).click();
  const dialog = page.getByRole("dialog", { name: "Run ship/nightly" });
  await dialog.getByText("Order is required").waitFor();
  expect(await dialog.getByLabel("Address", { exact: true }).inputValue()).toBe("12 Rue de la Paix");

  await dialog.getByLabel("Order", { exact: true }).fill("0");
  await dialog.getByLabel("Address", { exact: true }).fill("elsewhere");
  await dialog.getByRole("button", { name: "Start the run" }).click();
  await dialog.getByText(/must be at least 1/).waitFor();
  await dialog.getByRole("button", { name: "Use default" }).click();
  expect(await dialog.getByLabel("Address", { exact: true }).inputValue()).toBe("12 Rue de la Paix");
  await dialog.getByLabel("Order", { exact: true }).fill("7");
  await dialog.getByLabel("Name").fill("the-seventh");
  await dialog.getByLabel("Tags").fill("urgent, by hand");
  await dialog.getByRole("button", { name: "Start the run" }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { name: "the-seventh" }).waitFor();
  await page.getByText("by hand", { exact: true }).waitFor();
  await page.getByRole("region", { name: "Parameters" }).getByText('"order": 7').waitFor();

  await page.getByRole("link", { name: "ship/nightly" }).click();
  const upcoming = page.getByRole("region", { name: "Upcoming runs" });
  await upcoming.getByRole("link", { name: "the-seventh" }).waitFor();
  await antiphon.person.cancel((await antiphon.person.runsOf("ship"))[0]?.id ?? "");
  await page
    .getByRole("region", { name: "Recent runs" })
    .getByRole("link", { name: "the-seventh" })
    .waitFor();
});

it("a schedule is said in words, with its next times, and is turned off and on", async () => {
  const id = await register({
    ...ship,
    name: "scheduled",
    parameterSchema: null,
    schedules: [{ cron: "0 9 * * 1-5", timezone: "Europe/Paris" }, { interval: 5400 }],
  });
  const page = await antiphon.page(`/deployments/${id}`);
  await page.getByText("Live", { exact: true }).waitFor();
  const schedules = page.getByRole("region", { name: "Schedules" });
  await schedules.getByText("at 09:00, Monday through Friday (Europe/Paris)").waitFor();
  await schedules
    .getByText(/^next in /)
    .first()
    .waitFor();
  const toggle = schedules.getByRole("switch", { name: "Schedule: every 90 minutes" });
  await toggle.click();
  await until("it is off", async () => (await activeOf(id))[1] === false);
  await until("it is shown as off", async () => (await toggle.getAttribute("aria-checked")) === "false");
  expect(await activeOf(id)).toEqual([true, false]);

  await page.getByRole("button", { name: "Pause" }).click();
  await schedules.getByText("The deployment is paused").waitFor();
  await antiphon.ask("mutation ($id: ID!) { setDeploymentPaused(id: $id, paused: false) { __typename } }", {
    id,
  });
  await page.getByRole("button", { name: "Pause" }).waitFor();
});

it("actions 8.7: a schedule is made with its next times shown while it is typed, changed, and deleted after asking", async () => {
  const id = await register({ ...ship, name: "to schedule", parameterSchema: null });
  const page = await antiphon.page(`/deployments/${id}`);
  await page.getByText("Live", { exact: true }).waitFor();
  const schedules = page.getByRole("region", { name: "Schedules" });
  await schedules.getByRole("button", { name: "New schedule" }).press("Enter");
  const made = page.getByRole("dialog", { name: "New schedule of ship/to schedule" });
  const next = made.getByRole("region", { name: "Next times" });
  await made.getByLabel("Cron expression").fill("0 25 * * *");
  await next.getByText(/^cron /).waitFor();
  await made.getByLabel("Time zone").fill("Mars/Olympus");
  await made.getByRole("button", { name: "Make the schedule" }).click();
  await made
    .getByText(/must be a time zone/)
    .last()
    .waitFor();
  await made.getByLabel("Time zone").fill("Asia/Tokyo");
  await made.getByLabel("Cron expression").fill("30 6 1 * *");
  await next.getByText("at 06:30, on day 1 of the month (Asia/Tokyo)").waitFor();
  expect(await next.getByRole("listitem").count()).toBe(4);
  await made.getByText("Its runs").click();
  await made.getByLabel("Parameters").fill('{"order": 7}');
  await made.getByLabel("Cron expression").press("Enter");
  await made.waitFor({ state: "detached" });
  await schedules.getByText("at 06:30, on day 1 of the month (Asia/Tokyo)").waitFor();
  await schedules.getByText('with {"order":7}').waitFor();

  await schedules.getByRole("button", { name: /^Change the schedule/ }).click();
  const changed = page.getByRole("dialog", { name: "Change the schedule" });
  expect(await changed.getByLabel("Parameters").inputValue()).toContain('"order": 7');
  await changed.getByRole("radio", { name: "Cron" }).press("ArrowRight");
  await changed.getByLabel("Every").fill("36");
  await changed.getByLabel("Counted from").fill("2026-01-01T06:30:00");
  await changed.getByText("every 36 hours").waitFor();
  await changed.getByRole("button", { name: "Save" }).click();
  await changed.waitFor({ state: "detached" });
  expect(await schedulesOf(id)).toEqual([
    {
      cron: null,
      interval: 129_600,
      anchor: "2025-12-31T21:30:00.000Z",
      timezone: "Asia/Tokyo",
      parameters: { order: 7 },
    },
  ]);
  await schedules.getByText("every 36 hours").waitFor();
  await schedules.getByRole("button", { name: "Delete every 36 hours" }).click();
  await page
    .getByRole("alertdialog", { name: "Delete every 36 hours?" })
    .getByRole("button", { name: "Delete the schedule" })
    .click();
  await schedules.getByText("None: it runs when").waitFor();
  expect(await schedulesOf(id)).toEqual([]);
});

async function schedulesOf(id: string): Promise<unknown> {
  const { deployment } = await antiphon.ask(
    "query ($id: ID!) { deployment(id: $id) { schedules { cron interval anchor timezone parameters } } }",
    { id },
  );
  return (deployment as { schedules: unknown }).schedules; // what the document asks for
}

async function activeOf(id: string): Promise<boolean[]> {
  const { deployment } = await antiphon.ask(
    "query ($id: ID!) { deployment(id: $id) { schedules { active } } }",
    { id },
  );
  // What the document asks for.
  return (deployment as { schedules: { active: boolean }[] }).schedules.map(({ active }) => active);
}

it("a pool is made with a queue, which is paused; a refusal stands at its field", async () => {
  const page = await antiphon.page("/work-pools");
  await page.getByText("No work pools yet").waitFor();
  await page.getByRole("button", { name: "New pool" }).click();
  const pool = page.getByRole("dialog", { name: "New work pool" });
  await pool.getByLabel("Name").fill("kitchen/oven");
  await pool.getByRole("button", { name: "Make the pool" }).click();
  await pool.getByText(/\//).last().waitFor();
  await pool.getByLabel("Name").fill("kitchen");
  await pool.getByLabel("Runs at once").fill("4");
  await pool.getByRole("button", { name: "Make the pool" }).click();
  await page.waitForURL(/\/work-pools\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { name: "kitchen" }).waitFor();
  await page.getByText("at most 4").waitFor();
  await page.getByText("antiphon worker start --pool kitchen").waitFor();

  await page.getByRole("button", { name: "New queue" }).click();
  const queue = page.getByRole("dialog", { name: "New queue of kitchen" });
  await queue.getByLabel("Name").fill("rush");
  await queue.getByRole("button", { name: "Make the queue" }).click();
  const queues = page.getByRole("list", { name: "Queues" });
  const toggle = queues.getByRole("switch", { name: "rush starts runs" });
  await toggle.click();
  await queues.getByText("Paused", { exact: true }).waitFor();
  expect(await pausedQueues()).toEqual(["rush"]);

  await page.getByRole("button", { name: "Delete rush" }).click();
  await page
    .getByRole("alertdialog", { name: "Delete rush?" })
    .getByRole("button", { name: "Delete the queue" })
    .click();
  await toggle.waitFor({ state: "detached" });
});

async function pausedQueues(): Promise<string[]> {
  const { workPools } = await antiphon.ask("{ workPools { queues { name paused } } }");
  return (workPools as { queues: { name: string; paused: boolean }[] }[]) // what the document asks for
    .flatMap(({ queues }) => queues)
    .flatMap(({ name, paused }) => (paused ? [name] : []));
}

it("what is not there is not found", async () => {
  const missing = "0198c0de-0000-7000-8000-000000000000";
  for (const path of ["deployments", "work-pools", "work-queues", "webhooks"])
    for (const id of [missing, "nonsense"])
      expect([path, id, (await fetch(`${antiphon.server.origin}/${path}/${id}`)).status]).toEqual([
        path,
        id,
        404,
      ]);
});

it.each([380, 1440])("fits a window %i wide, light and dark", async (width) => {
  const long = "x".repeat(60);
  const id = await register({
    ...ship,
    parameterSchema: null,
    name: `a-${width}-${long}`,
    schedules: [{ cron: "*/7 3 * * *" }],
  });
  const { createWorkPool } = await antiphon.ask(
    `mutation { createWorkPool(pool: { name: "p-${width}-${long}" }) { ... on WorkPool { id } } }`,
  );
  const pool = (createWorkPool as { id: string }).id; // what the document asks for
  for (const path of ["/deployments", `/deployments/${id}`, "/work-pools", `/work-pools/${pool}`]) {
    const page = await antiphon.page(path, { width, dark: width < 1000 });
    await page.getByText("Live", { exact: true }).waitFor();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    await page.close();
  }
});
