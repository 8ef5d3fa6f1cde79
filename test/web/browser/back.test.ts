import { expect, it } from "vitest";
import { useConsole } from "../support/console.ts";

const antiphon = useConsole();

it("Back closes what is open over the page, also where the page stays and only its list is another", async () => {
  await antiphon.ask(
    `mutation { registerDeployment(deployment: { flowName: "ship", name: "nightly" }) { __typename } }`,
  );
  const page = await antiphon.page("/deployments?name=ship");
  const dialog = page.locator("[role=dialog], [role=alertdialog]");
  const isFree = () => page.evaluate(() => document.body.style.pointerEvents !== "none");

  await page.getByRole("link", { name: "Deployments", exact: true }).click();
  await page.waitForURL("**/deployments");
  await page.getByRole("button", { name: "Run ship/nightly" }).click();
  await dialog.waitFor();
  await page.goBack();
  await page.waitForURL("**/deployments?name=ship");
  await dialog.waitFor({ state: "detached" });
  expect(await isFree()).toBe(true);

  await page.getByRole("link", { name: "ship/nightly" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await dialog.waitFor();
  await page.goBack();
  await page.waitForURL("**/deployments?name=ship");
  await dialog.waitFor({ state: "detached" });
  expect(await isFree()).toBe(true);
});
