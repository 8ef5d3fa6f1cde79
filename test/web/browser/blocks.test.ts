import { afterAll, beforeAll, expect, it } from "vitest";
import { type Receiver, startReceiver } from "../../support/receiver.ts";
import { useConsole } from "../support/console.ts";
import { untilTakenOver } from "../support/page.ts";
import { automate } from "../support/tell.ts";

const antiphon = useConsole();
antiphon.env.ANTIPHON_ALLOW_PRIVATE_ADDRESSES = "127.0.0.1";
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());

it("actions 8.7: a block is made from its type's schema, tried out, changed without its secret, and deleted", async () => {
  const page = await antiphon.page("/blocks");
  await page.getByText("No blocks yet").waitFor();
  await page.getByRole("link", { name: "New block" }).click();
  await page.getByRole("link", { name: /^Slack sends/ }).click();
  const save = page.getByRole("button", { name: "Save the block" });
  await page.getByLabel("Name", { exact: true }).fill("Ops!");
  await page.getByLabel("Webhook URL", { exact: true }).fill(`${receiver.origin}/hook`);
  await save.click();
  await page.getByText(/a name has small letters, digits and dashes/).waitFor();
  await page.getByLabel("Name", { exact: true }).fill("ops");
  await save.click();
  await page.waitForURL("**/blocks/slack-webhook/ops");

  await page.getByRole("button", { name: "Send a test message" }).click();
  await page.getByText("It was taken").waitFor();
  expect(receiver.received.at(-1)?.body).toContain("Test notification");
  receiver.answers.push({ status: 404, body: "no_service" });
  await page.getByRole("button", { name: "Send a test message" }).click();
  await page.getByText("It failed").waitFor();

  const url = page.getByLabel("Webhook URL", { exact: true });
  expect(await url.inputValue()).toBe("********");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.").waitFor();
  await page.getByRole("button", { name: "Send a test message" }).click();
  await page.getByText("It was taken").waitFor();

  const { block } = await antiphon.ask(`{ block(type: "slack-webhook", name: "ops") { id } }`);
  await automate(antiphon, {
    name: "teller",
    trigger: { expect: ["x"] },
    actions: [
      { type: "send-notification", block_document_id: (block as { id: string }).id, body: "x" }, // what the document asks for
    ],
  });
  await page.reload();
  await untilTakenOver(page);
  await page.getByRole("region", { name: "Used by" }).getByRole("link", { name: "teller" }).waitFor();
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Delete ops?" });
  await dialog.getByRole("listitem").getByText("teller").waitFor();
  await dialog.getByRole("button", { name: "Delete it all the same" }).click();
  await page.waitForURL("**/blocks");
  await page.getByText("No blocks yet").waitFor();
  // Its action says so from then on.
  await page.goto(`${antiphon.server.origin}/automations`);
  await page
    .locator("li li")
    .filter({ hasText: "notification" })
    .getByText("broken", { exact: true })
    .waitFor();
});

it("actions 7.1: a document's page says when it expires and which run it goes with", async () => {
  const run = "01a1fe7c-3c12-72cf-8d6e-0f6c1b1f3a55";
  await antiphon.ask(
    `mutation { beginFlowRun(run: { id: "${run}", flowName: "f", name: "old-otter" }) { __typename } }`,
  );
  await antiphon.ask(`mutation { saveBlock(type: "json", name: "kept", data: { value: 1 }, ttl: 7200, ownerRunId: "${run}") {
    __typename } }`);
  const page = await antiphon.page("/blocks");
  await page.getByText(/expires in (1|2)h/).waitFor();
  await page.getByRole("link", { name: "kept" }).click();
  await page.getByText(/in (1|2)h, 2h after its last save/).waitFor();
  await untilTakenOver(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.").waitFor();
  await page.getByText(/2h after its last save/).waitFor();
  await page.getByRole("link", { name: "old-otter" }).waitFor();
});

it("a variable is set, keeps its type, and is deleted after asking", async () => {
  const page = await antiphon.page("/variables");
  await page.getByRole("button", { name: "New variable" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("limits");
  await dialog.getByRole("button", { name: "JSON" }).click();
  await dialog.getByRole("textbox", { name: "Value" }).fill("{orders: 1}");
  await dialog.getByRole("button", { name: "Set it" }).click();
  await dialog.getByText(/This is no JSON/).waitFor();
  await dialog.getByRole("textbox", { name: "Value" }).fill('{"orders": 100}');
  await dialog.getByRole("button", { name: "Set it" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText('"orders": 100').waitFor();
  expect(await antiphon.ask(`{ variables { name value } }`)).toEqual({
    variables: [{ name: "limits", value: { orders: 100 } }],
  });
  await page.getByRole("button", { name: "Delete limits" }).click();
  await page.getByRole("button", { name: "Delete the variable" }).click();
  await page.getByText("No variables yet").waitFor();
});

it("actions 3.3: a secret variable is set and kept without being shown, and becomes plain with a new value", async () => {
  const page = await antiphon.page("/variables");
  await page.getByRole("button", { name: "New variable" }).click();
  const dialog = page.getByRole("dialog");
  const value = dialog.getByRole("textbox", { name: "Value" });
  const toggle = dialog.getByRole("switch", { name: "Secret" });
  const set = dialog.getByRole("button", { name: "Set it" });
  await dialog.getByLabel("Name").fill("token");
  await toggle.click();
  await set.click();
  await dialog.getByText(/give the secret/).waitFor();
  await value.fill("s3cret");
  await set.click();
  await page.getByRole("img", { name: "Secret" }).waitFor();
  await page.getByText("********").waitFor();
  await page.reload();
  expect(await page.content()).not.toContain("s3cret");
  await untilTakenOver(page);

  await page.getByRole("button", { name: "Edit token" }).click();
  expect(await value.inputValue()).toBe("");
  expect(await toggle.isChecked()).toBe(true);
  await set.click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Edit token" }).click();
  await toggle.click();
  await set.click();
  await dialog.getByText(/only with a new value/).waitFor();
  await value.fill("open");
  await set.click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("open", { exact: true }).waitFor();
  expect(await antiphon.ask(`{ variables { name value secret } }`)).toEqual({
    variables: [{ name: "token", value: "open", secret: false }],
  });
});

it("says what is not there", async () => {
  const answer = await fetch(`${antiphon.server.origin}/blocks/slack-webhook/gone`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain("There is no such block");
});
