import { expect, it } from "vitest";
import { patience, until } from "../../support/wire.ts";
import { useConsole } from "../support/console.ts";

const antiphon = useConsole();

it("the list is there before any script runs, and a new run comes into it by itself", async () => {
  const first = await antiphon.start("number");
  await antiphon.person.untilAsked(first.id, "paused-1");
  const name = await nameOf(first.id);
  const html = await fetch(`${antiphon.server.origin}/runs`).then((answer) => answer.text());
  expect(html).toContain(name);
  expect(html).toContain("Paused");

  const page = await antiphon.page("/runs");
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByTitle("1 waiting for input").first().waitFor();
  const second = await antiphon.start("number");
  await page.getByRole("link", { name: await nameOf(second.id), exact: true }).waitFor();
  await page.getByTitle("2 waiting for input").first().waitFor();
  await antiphon.person.cancel(first.id);
  await page.getByTitle("1 waiting for input").first().waitFor();
  await page.getByText("Cancelled", { exact: true }).nth(1).waitFor();

  await page.getByRole("link", { name: /Waiting for input/ }).click();
  await page.waitForURL("**/runs?waiting=1");
  await page.getByRole("link", { name, exact: true }).waitFor({ state: "detached" });
  await antiphon.person.cancel(second.id);
  await page.getByText("Nothing waits for input").waitFor();
});

it("a run's page follows its state, its inputs and its log", async () => {
  const { id } = await antiphon.start("talks");
  const page = await antiphon.page(`/runs/${id}`);
  await antiphon.person.send(id, "hello", { sender: "sally" });
  await page.getByText('"hello"').waitFor();
  await page.getByText("from sally").waitFor();
  await page.getByText("heard hello").waitFor();
  await page.getByText("delivered").waitFor();

  await page.getByRole("button", { name: "Send a message" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Message").fill("end");
  await dialog.getByRole("button", { name: "Send", exact: true }).click();
  await dialog.getByText("the run is listening").waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.getByText("Completed", { exact: true }).first().waitFor();
  // Nothing could start it again: it has no deployment.
  expect(await page.getByRole("button", { name: "Retry" }).count()).toBe(0);
  const states = page.getByRole("region", { name: "States" });
  await expect.poll(() => states.textContent(), { timeout: patience }).toMatch(/Completed.*Running/);
});

it("10,000 log lines leave the page usable", async () => {
  const { id } = await antiphon.start("talks");
  const page = await antiphon.page(`/runs/${id}`);
  await antiphon.person.send(id, "burst");
  await page.getByText("line 10000", { exact: true }).waitFor({ timeout: 60_000 });
  await page.getByLabel("Levels shown").selectOption({ label: "Errors" });
  await page.getByLabel("Levels shown").selectOption({ label: "All levels" });
  expect(await page.getByRole("listitem").count()).toBeLessThan(5_500);
  await page.getByRole("button", { name: "Load earlier lines" }).waitFor();
});

it("says that it is offline, and goes on from the cursor: no gap, no repeat", async () => {
  const { id } = await antiphon.start("talks");
  const page = await antiphon.page(`/runs/${id}`);
  await page.getByText("Live", { exact: true }).waitFor();
  for (const text of ["one", "two"]) await antiphon.person.send(id, text);
  await page.getByText("heard two").waitFor();

  await page.context().setOffline(true);
  await page.getByText("Offline").waitFor();
  for (const text of ["three", "four"]) await antiphon.person.send(id, text);
  await page.context().setOffline(false);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByText("heard four").waitFor();
  await expectOnce(["one", "two", "three", "four"]);

  await antiphon.server.kill();
  await page.getByText("Offline").waitFor();
  await antiphon.server.start();
  await page.getByText("Live", { exact: true }).waitFor();
  await antiphon.person.send(id, "five");
  await page.getByText('"five"').waitFor();
  await expectOnce(["one", "two", "three", "four", "five"]);

  async function expectOnce(texts: string[]) {
    const inputs = page.getByRole("region", { name: "Inputs of this run" }).locator("pre");
    const lines = page.getByRole("region", { name: "Log lines" }).getByText(/^heard /);
    await expect
      .poll(() => inputs.allTextContents(), { timeout: patience })
      .toEqual(texts.map((text) => JSON.stringify(text)));
    await expect
      .poll(() => lines.allTextContents(), { timeout: patience })
      .toEqual(texts.map((text) => `heard ${text}`));
  }
});

it("cancels after asking, and says why an action was refused", async () => {
  const { id } = await antiphon.start("number");
  await antiphon.person.untilAsked(id, "paused-1");
  const page = await antiphon.page(`/runs/${id}`);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel the run" }).click();
  await page.getByRole("alertdialog").waitFor({ state: "detached" });
  await until("it is cancelled", async () => (await antiphon.person.read(id)).state.name === "Cancelled");
  await page.getByText("Cancelled", { exact: true }).first().waitFor();
});

it("an ended run is deleted after asking, which leads back to the list", async () => {
  const { id } = await antiphon.start("number");
  await antiphon.person.untilAsked(id, "paused-1");
  await antiphon.person.cancel(id);
  const name = await nameOf(id);
  const page = await antiphon.page(`/runs/${id}`);
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("alertdialog", { name: `Delete ${name}?` });
  await dialog.getByRole("button", { name: "Delete the run" }).click();
  await page.waitForURL("**/runs");
  await page.getByRole("heading", { name: "Runs" }).waitFor();
  expect(await page.getByRole("link", { name, exact: true }).count()).toBe(0);
  expect(await antiphon.ask("query ($id: ID!) { flowRun(id: $id) { id } }", { id })).toEqual({
    flowRun: null,
  });
});

it("an unknown run is not found", async () => {
  for (const id of ["0198c0de-0000-7000-8000-000000000000", "nonsense"]) {
    const answer = await fetch(`${antiphon.server.origin}/runs/${id}`);
    expect(answer.status).toBe(404);
  }
});

it.each([380, 1440])("fits a window %i wide, light and dark", async (width) => {
  const { id } = await antiphon.start("order");
  await antiphon.person.untilAsked(id, "paused-1");
  for (const path of ["/runs", `/runs/${id}`, `/runs/${id}/resume`, "/deployments", "/runners"]) {
    const page = await antiphon.page(path, { width, dark: width < 1000 });
    await page.getByText("Live", { exact: true }).waitFor();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    await page.close();
  }
});

async function nameOf(id: string): Promise<string> {
  const answer = await fetch(antiphon.server.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "query ($id: ID!) { flowRun(id: $id) { name } }", variables: { id } }),
  });
  return (await answer.json()).data.flowRun.name;
}
