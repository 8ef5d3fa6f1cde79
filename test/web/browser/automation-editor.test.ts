import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Receiver, startReceiver } from "../../support/receiver.ts";
import { until } from "../../support/wire.ts";
import { useConsole } from "../support/console.ts";
import { automate, tell } from "../support/tell.ts";

const antiphon = useConsole();
antiphon.env.ANTIPHON_ALLOW_PRIVATE_ADDRESSES = "127.0.0.1";
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());

/** Replaces the text of the editor. */
async function write(page: Page, text: string): Promise<void> {
  await page.locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

interface Stored {
  id: string;
  document: Record<string, unknown>;
  updatedAt: string;
}

async function named(name: string): Promise<Stored | null> {
  const { automation } = await antiphon.ask(
    `query ($name: String) { automation(name: $name) { id document updatedAt } }`,
    { name },
  );
  return automation as Stored | null; // what the document asks for
}

it("actions 8.2, 96, 97: a document is mended where it is wrong, saved, and opened again with all its values", async () => {
  const page = await antiphon.page("/automations");
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("link", { name: "New automation" }).click();
  await page.getByRole("link", { name: /Something happens/ }).waitFor();
  const wrong = `# mine
name: paid twice
trigger:
  expekt: order.paid
  threshold: 1
  within: 60
actions:
  - type: do-nothing
`;
  await write(page, wrong);
  const problem = page.getByRole("list", { name: "Problems" }).getByRole("button");
  await problem.getByText(/expekt is no field of an event trigger; did you mean "expect"/).waitFor();
  await problem.getByText("line 4").waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  expect(await named("paid twice")).toBeNull();

  await write(page, wrong.replace("expekt", "expect"));
  await page.getByText("when order.paid happens").waitFor();
  await page.getByText("Nothing is wrong").waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForURL(/\/automations\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { name: "paid twice" }).waitFor();
  const stored = await named("paid twice");
  expect(stored?.document).toMatchObject({ trigger: { expect: ["order.paid"], threshold: 1, within: 60 } });

  await page.getByRole("link", { name: "Edit" }).click();
  await page.locator(".cm-content").getByText("name: paid twice").waitFor();
  const form = page.getByRole("group", { name: "Form" });
  await form.getByRole("button", { name: "JSON" }).click();
  await page.locator(".cm-content").getByText('"name": "paid twice"').waitFor();
  await form.getByRole("button", { name: "YAML" }).click();
  await page.getByText("Nothing is wrong").waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForURL(/\/automations\/[0-9a-f-]{36}$/);
  expect(await named("paid twice")).toEqual(stored);
});

it("actions 8.2: what only the server knows is said at its place, too; a copy is saved disabled", async () => {
  const document = { name: "taken", trigger: { expect: ["x"] }, actions: [{ type: "do-nothing" }] };
  const id = await automate(antiphon, document);
  const page = await antiphon.page("/automations/new");
  const text = `name: taken
trigger: {expect: x}
actions:
  - type: resume-flow-run
    input: {a: "{{ event."}
`;
  const problem = page.getByRole("list", { name: "Problems" }).getByRole("button");
  await write(page, text);
  await problem
    .filter({ hasText: "line 5" })
    .getByText(/is no template/)
    .waitFor();
  await write(page, text.replace("{{ event.", "{{ event.id }}"));
  await problem
    .filter({ hasText: "line 1" })
    .getByText(/named "taken" already/)
    .waitFor();

  const copy = await antiphon.page(`/automations/new?from=${id}`);
  await copy.locator(".cm-content").getByText("name: taken copy").waitFor();
  await copy.getByRole("button", { name: "Save", exact: true }).click();
  await copy.waitForURL(/\/automations\/[0-9a-f-]{36}$/);
  expect((await named("taken copy"))?.document).toMatchObject({
    ...document,
    name: "taken copy",
    enabled: false,
  });
});

it("asks before unsaved text is left, and has it again where the window went away without asking", async () => {
  const page = await antiphon.page("/automations/new?template=absent");
  await write(page, "name: half");
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  const dialog = page.getByRole("alertdialog", { name: "Leave without saving?" });
  await dialog.getByRole("button", { name: "Stay" }).click();
  page.once("dialog", (asked) => asked.accept());
  await page.reload();
  await page.getByText("This is what you had typed before").waitFor();
  await page.locator(".cm-content").getByText("name: half").waitFor();
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  await dialog.getByRole("button", { name: "Leave" }).click();
  await page.waitForURL("**/runs");
});

it("actions 8.5, 100: an event is automated, and the next one like it fires", async () => {
  const [event = ""] = await tell(
    antiphon,
    { event: "parcel.lost", order: 8 },
    { event: "parcel.lost", order: 8 },
  );
  const page = await antiphon.page(`/events/${event}`);
  await page.getByRole("link", { name: "Automate" }).click();
  await page.locator(".cm-content").getByText("name: On parcel.lost of Order 8").waitFor();
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("have fired 2 times").waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("It has not fired yet.").waitFor();
  await tell(antiphon, { event: "parcel.lost", order: 9 }, { event: "parcel.lost", order: 8 });
  const firings = page.getByRole("list", { name: "Firings" });
  await firings.getByText("Fired", { exact: true }).waitFor();
  expect(await firings.getByRole("listitem").filter({ hasText: "Fired" }).count()).toBe(1);
});

it("actions 8.3: a failed action is carried out again, under the id that it had", async () => {
  const { saveBlock } = await antiphon.ask(
    `mutation ($data: JSON!) { saveBlock(type: "webhook", name: "shop", data: $data) { ... on Block { id } } }`,
    { data: { url: `${receiver.origin}/paid` } },
  );
  const block = (saveBlock as { id: string }).id; // what the document asks for
  const id = await automate(antiphon, {
    name: "caller",
    trigger: { expect: ["call.wanted"] },
    actions: [{ type: "call-webhook", block_document_id: block, payload: "{{ event.id }}" }],
  });
  receiver.answers.push({ status: 400, body: "not today" });
  const page = await antiphon.page(`/automations/${id}`);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("link", { name: "webhook/shop" }).waitFor();
  await tell(antiphon, { event: "call.wanted", order: 1 });
  const actions = page.getByRole("region", { name: "Firings" }).getByRole("list", { name: "Actions" });
  await actions.getByText("failed", { exact: true }).waitFor();
  await actions.getByText("Result").click();
  await actions.locator("code").getByText("not today").waitFor();
  await actions.getByRole("button", { name: "Discard" }).click();
  await actions.getByText(/^discarded/).waitFor();
  await actions.getByRole("button", { name: "Retry" }).click();
  await actions.getByText("done", { exact: true }).waitFor();
  await actions.getByText("attempt 2").waitFor();
  await until("it was called twice", async () => receiver.received.length === 2);
  const [first, second] = receiver.received;
  expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  expect(second?.body).toBe(first?.body);
});

it("actions 2.4: what failed is listed until somebody discards it or has it done again", async () => {
  const id = await automate(antiphon, {
    name: "nobody to cancel",
    trigger: { expect: ["cancel.wanted"] },
    actions: [{ type: "cancel-flow-run" }],
  });
  await tell(antiphon, { event: "cancel.wanted", order: 1 });
  const page = await antiphon.page("/automations");
  await page.getByRole("link", { name: "Failed actions" }).click();
  await page.getByRole("heading", { name: "Failed actions" }).waitFor();
  const entry = page
    .getByRole("listitem")
    .filter({ has: page.getByRole("link", { name: "nobody to cancel" }) });
  await entry.getByText("No flow run could be inferred").waitFor();
  await entry.getByText("cancel.wanted").waitFor();
  await entry.getByText(/last tried/).waitFor();
  expect(await entry.getByRole("link", { name: "cancel.wanted" }).getAttribute("href")).toMatch(
    /^\/events\/./,
  );
  expect(await entry.getByRole("link", { name: "nobody to cancel" }).getAttribute("href")).toContain(id);
  await entry.getByRole("button", { name: "Discard" }).click();
  await entry.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Discarded" }).click();
  await entry.getByText(/^discarded/).waitFor();
});

it("actions 2.4: an action that is done when it is retried stays in its place and says so", async () => {
  const { saveBlock } = await antiphon.ask(
    `mutation ($data: JSON!) { saveBlock(type: "webhook", name: "later", data: $data) { ... on Block { id } } }`,
    { data: { url: `${receiver.origin}/later` } },
  );
  const block = (saveBlock as { id: string }).id; // what the document asks for
  await automate(antiphon, {
    name: "late caller",
    trigger: { expect: ["late.wanted"], for_each: ["prefect.resource.id"] },
    actions: [{ type: "call-webhook", block_document_id: block }],
  });
  receiver.answers.push({ status: 400, body: "not today" });
  await tell(antiphon, { event: "late.wanted", order: 3 });
  const page = await antiphon.page("/automations/failed");
  const entry = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "late caller" }) });
  await entry.getByText("failed", { exact: true }).waitFor();
  await entry.getByRole("button", { name: "Retry" }).click();
  await entry.getByText("done", { exact: true }).waitFor();
  await entry.getByText("attempt 2").waitFor();
});

it("actions 2.4: an action that was given up is shown, and enabled again", async () => {
  const { saveBlock } = await antiphon.ask(
    `mutation ($data: JSON!) { saveBlock(type: "webhook", name: "gone", data: $data) { ... on Block { id } } }`,
    { data: { url: `${receiver.origin}/gone` } },
  );
  const block = (saveBlock as { id: string }).id; // what the document asks for
  const id = await automate(antiphon, {
    name: "hopeless",
    trigger: { expect: ["hope.lost"] },
    actions: [{ type: "call-webhook", block_document_id: block }],
  });
  const page = await antiphon.page(`/automations/${id}`);
  await page.getByText("Live", { exact: true }).waitFor();
  receiver.answers.push(...Array.from({ length: 20 }, () => ({ status: 410 })));
  await tell(antiphon, ...Array.from({ length: 20 }, (_, order) => ({ event: "hope.lost", order })));
  await page.getByText("It failed 20 times in a row").waitFor();
  await page.getByRole("button", { name: "Enable it again" }).click();
  await page.getByText("It failed 20 times in a row").waitFor({ state: "detached" });
});

it.each([390, 1280])("fits a window %i wide, light and dark", async (width) => {
  const id = await automate(antiphon, {
    name: `an-automation-without-any-space-${"x".repeat(60)}`,
    trigger: { expect: ["y".repeat(120)] },
    actions: [{ type: "do-nothing" }],
  });
  for (const path of ["/automations/new", `/automations/${id}/edit`]) {
    const page = await antiphon.page(path, { width, dark: width < 1000 });
    await page.locator(".cm-content").waitFor();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    await page.close();
  }
});

it("Ctrl+S saves with Caps Lock, too", async () => {
  const page = await antiphon.page("/automations/new");
  await write(page, "name: loud\ntrigger: { expect: order.paid }\nactions: [{ type: do-nothing }]\n");
  await page.getByText("Nothing is wrong").waitFor();
  await page.keyboard.press("ControlOrMeta+S");
  await page.waitForURL(/\/automations\/[0-9a-f-]{36}$/);
  expect(await named("loud")).not.toBeNull();
});
