import { afterAll, beforeAll, expect, it } from "vitest";
import { Served } from "../../sdk/support/served.ts";
import { patience } from "../../support/wire.ts";
import { useConsole } from "../support/console.ts";

const antiphon = useConsole();
const served = new Served();
beforeAll(async () => void (await served.start(antiphon.server.url)));
afterAll(() => served.close());

it("a deployment is run from its form, and its run's page is shown", async () => {
  const page = await antiphon.page("/deployments");
  await page.getByRole("button", { name: "Run sleeps/sleeps" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Start the run" }).click();
  await dialog.getByText(/required|must be given/).waitFor();
  await dialog.getByLabel("Name").fill("from-the-console");
  await dialog.getByLabel("Ms", { exact: true }).fill("10");
  await dialog.getByRole("button", { name: "Start the run" }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { name: "from-the-console" }).waitFor();
  await page.getByRole("button", { name: "Retry" }).waitFor();
  expect(await page.getByRole("region", { name: "Parameters" }).textContent()).toContain('"ms": 10');

  await page.getByRole("link", { name: "Runners" }).click();
  await page.getByText("Online").waitFor();
});

it("a refused answer of a suspended run comes back in the form, with what was wrong", async () => {
  const { id = "" } = await antiphon.person.run("deferred/deferred");
  const asked = await antiphon.person.untilAsked(id, "suspended-1");
  await antiphon.person.until(id, "Suspended");
  const page = await antiphon.page(`/runs/${id}/resume`);
  await page.getByLabel("Size", { exact: true }).fill("small");
  await page.getByLabel("Color", { exact: true }).fill("green");
  await page.getByRole("button", { name: "Send answer" }).click();
  await page.getByText("The run refused the last answer").waitFor();
  await page.getByText("no small green").waitFor();
  expect(await page.getByLabel("Size", { exact: true }).inputValue()).toBe("small");
  expect((await antiphon.person.read(id)).awaitedInput?.key).not.toBe(asked.awaitedInput?.key);

  await page.getByLabel("Size", { exact: true }).fill("large");
  await page.getByRole("button", { name: "Send answer" }).click();
  await served.noted(id, "got large", patience);
});

it("a running run is suspended after asking", async () => {
  const { id = "" } = await antiphon.person.run("sleeps/sleeps", { ms: 60_000 });
  await antiphon.person.until(id, "Running");
  const page = await antiphon.page(`/runs/${id}`);
  await page.getByRole("button", { name: "Suspend" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Suspend" }).click();
  await page.getByText("This run waits to be resumed").waitFor();
  await antiphon.person.cancel(id);
  await page.getByText("This run waits to be resumed").waitFor({ state: "detached" });
});
