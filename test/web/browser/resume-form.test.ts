import { expect, it } from "vitest";
import { until } from "../../support/wire.ts";
import { useConsole } from "../support/console.ts";

const antiphon = useConsole();

it("a person finds a waiting run in the list, answers it, and the flow's process goes on with the answer", async () => {
  const { script, id } = await antiphon.start("order");
  await antiphon.person.untilAsked(id, "paused-1");
  const page = await antiphon.page("/runs?waiting=1");
  await page.getByRole("link", { name: "Answer" }).click();
  await page.waitForURL(`**/runs/${id}/resume`);

  expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Ada");
  await page.getByLabel("Size", { exact: true }).selectOption("small");
  await page.getByLabel("Sku").fill("shirt-1");
  await page.getByLabel("Qty").fill("2");
  await page.getByRole("button", { name: "Send answer" }).click();
  await page.getByText("Your answer was taken").waitFor();
  await script.says('order {"name":"Ada","size":"small","items":[{"sku":"shirt-1","qty":2}]}');
  const [answer] = (await antiphon.person.read(id)).inputs.nodes;
  expect(Object.keys(answer?.value as object)).toEqual(["name", "size", "items"]);
  await page.getByText("Your answer was taken. The run is Completed now.").waitFor();
});

it("actions 99: a wrong combination is said at its fields; the right one resumes the run, closes the form, and the list follows", async () => {
  const { script, id } = await antiphon.start("booking");
  await antiphon.person.untilAsked(id, "paused-1");
  const list = await antiphon.page("/runs?waiting=1&flow=booking");
  const waiting = list.getByRole("link", { name: "Answer" });
  await waiting.waitFor();
  await list.getByText("Live", { exact: true }).waitFor();

  const page = await antiphon.page(`/runs/${id}/resume`);
  await page.getByRole("listitem").locator("em", { hasText: "train" }).waitFor();
  const nights = page.getByLabel("Nights", { exact: true });
  expect(await nights.inputValue()).toBe("2");
  await page.getByLabel("Class", { exact: true }).selectOption("first");
  await page.getByLabel("To", { exact: true }).fill("Rome");
  await nights.fill("8");
  const guests = page.getByRole("group", { name: "Guests", exact: true });
  for (const guest of ["Ada", "Bob"]) {
    const add = guests.getByRole("button", { name: "Add an item" });
    if (guest !== "Ada" || (await guests.getByRole("textbox").count()) === 0) await add.click();
    await guests.getByRole("textbox").last().fill(guest);
  }
  await page.getByRole("button", { name: "Send answer" }).click();
  await page.getByText("first class is for a week at most").waitFor();
  await guests.getByText("first class has one seat left").waitFor();
  expect(await nights.getAttribute("aria-invalid")).toBe("true");
  expect((await antiphon.person.read(id)).state.name).toBe("Paused");
  expect(await waiting.isVisible()).toBe(true);

  await page.getByLabel("Class", { exact: true }).selectOption("second");
  await page.getByRole("button", { name: "Send answer" }).click();
  await script.says(
    'booking {"kind":"train","class":"second","trip":{"to":"Rome","nights":8},"guests":["Ada","Bob"]}',
  );
  await page.getByText("Your answer was taken").waitFor();
  await nights.waitFor({ state: "detached" });
  await waiting.waitFor({ state: "detached" });
});

it("inputs 74: a defaulted field that nobody touched is sent", async () => {
  const { script, id } = await antiphon.start("defaults");
  await antiphon.person.untilAsked(id, "paused-1");
  const page = await antiphon.page(`/runs/${id}/resume`);
  await page.getByRole("button", { name: "Send answer" }).click();
  await script.says('answer {"size":"large","gift":true}');
  const [answer] = (await antiphon.person.read(id)).inputs.nodes;
  expect(answer?.value).toEqual({ size: "large", gift: true });
});

it("inputs 75: a server's refusal with the path items[1].qty is shown at this field, the values are kept, the focus is there", async () => {
  const { script, id } = await antiphon.start("order");
  await antiphon.person.untilAsked(id, "paused-1");
  const page = await antiphon.page(`/runs/${id}/resume`);
  await page.getByLabel("Sku").fill("a");
  await page.getByLabel("Qty").fill("1");
  await page.getByRole("button", { name: "Add an item" }).click();
  await page.getByLabel("Sku").nth(1).fill("b");
  await page.getByLabel("Qty").nth(1).fill("50");
  await page.getByRole("button", { name: "Send answer" }).click();

  const field = page.getByLabel("Qty").nth(1);
  await page.getByText("only 10 are left").waitFor();
  expect(await field.getAttribute("aria-invalid")).toBe("true");
  const described = (await field.getAttribute("aria-describedby")) ?? "";
  expect(await page.locator(`[id="${described}"]`).textContent()).toBe("only 10 are left");
  await until("it has the focus", () => field.evaluate((element) => element === document.activeElement));
  expect(await page.getByLabel("Sku").nth(0).inputValue()).toBe("a");
  expect(await field.inputValue()).toBe("50");
  expect((await antiphon.person.read(id)).state.name).toBe("Paused");

  await field.fill("5");
  expect(await page.getByText("only 10 are left").count()).toBe(0);
  await page.getByRole("button", { name: "Send answer" }).click();
  await script.says('"qty":5');
});

it("an emptied nullable text is sent as null, an empty required one as the empty text, an empty optional one not at all", async () => {
  const { script, id } = await antiphon.start("emptied");
  await antiphon.person.untilAsked(id, "paused-1");
  const page = await antiphon.page(`/runs/${id}/resume`);
  expect(await page.getByLabel("Nick", { exact: true }).inputValue()).toBe("Al");
  await page.getByLabel("Nick", { exact: true }).fill("");
  await page.getByRole("button", { name: "Send answer" }).click();
  await script.says('answer {"nick":null,"note":""}');
});

it("what the browser can see is said at the field, without a request", async () => {
  const { id } = await antiphon.start("order");
  await antiphon.person.untilAsked(id, "paused-1");
  const page = await antiphon.page(`/runs/${id}/resume`);
  const requests: string[] = [];
  page.on("request", (request) => request.method() === "POST" && requests.push(request.postData() ?? ""));
  await page.getByRole("button", { name: "Send answer" }).click();
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-invalid") === "true");
  expect(requests.filter((body) => body.includes("resume("))).toEqual([]);
  expect((await antiphon.person.read(id)).state.name).toBe("Paused");
});

it("inputs 76: a description's Markdown with a script link is shown inert", async () => {
  const { id } = await antiphon.start("order");
  await antiphon.person.untilAsked(id, "paused-1");
  const page = await antiphon.page(`/runs/${id}/resume`);
  expect(await page.locator("strong", { hasText: "What" }).count()).toBe(1);
  expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
  expect(await page.getByRole("link", { name: "terms" }).getAttribute("rel")).toContain("noopener");
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
});

it("inputs 77: answered in another window, the form says so and locks, and there is no second resume", async () => {
  const { script, id } = await antiphon.start("number");
  await antiphon.person.untilAsked(id, "paused-1");
  const [mine, theirs] = [await antiphon.page(`/runs/${id}/resume`), await antiphon.page(`/runs/${id}`)];
  await mine.getByLabel("Answer", { exact: true }).fill("1");
  await theirs.getByRole("button", { name: "Answer" }).click();
  await theirs.getByLabel("Answer", { exact: true }).fill("2");
  await theirs.getByRole("button", { name: "Send answer" }).click();
  await script.says("first 2");

  await mine.getByRole("alert").filter({ hasText: "Somebody else has answered" }).waitFor();
  expect(await mine.getByRole("button", { name: "Send answer" }).isDisabled()).toBe(true);
  expect(await mine.getByLabel("Answer", { exact: true }).inputValue()).toBe("1");
  // The next question does not take the place of the one that was open: it is asked for.
  await antiphon.person.untilAsked(id, "paused-2");
  await mine.getByRole("button", { name: "Show what it asks now" }).click();
  await mine.getByRole("tab", { name: "Text" }).click();
  await mine.getByRole("textbox").fill("mine");
  await mine.getByRole("button", { name: "Send answer" }).click();
  await script.says('second "mine"');
  expect((await antiphon.person.read(id)).inputs.nodes.map(({ value }) => value)).toEqual([
    { value: 2 },
    { value: "mine" },
  ]);
});

it("an answer that was sent while the server was away is sent again, and counts once", async () => {
  const { script, id } = await antiphon.start("number");
  await antiphon.person.untilAsked(id, "paused-1");
  const page = await antiphon.page(`/runs/${id}/resume`);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByLabel("Answer", { exact: true }).fill("5");
  await antiphon.server.kill();
  await page.getByRole("button", { name: "Send answer" }).click();
  const said = page.getByRole("alert").filter({ hasText: "The server could not be reached" });
  await said.waitFor();
  expect(await said.textContent()).not.toContain("cannot be sent");
  await antiphon.server.start();
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Send answer" }).click();
  await script.says("first 5");
});

it("a double click is one resume", async () => {
  const { script, id } = await antiphon.start("number");
  await antiphon.person.untilAsked(id, "paused-1");
  const page = await antiphon.page(`/runs/${id}/resume`);
  const sent: string[] = [];
  page.on(
    "request",
    (request) => (request.postData() ?? "").includes("resume(") && sent.push(request.postData() ?? ""),
  );
  await page.getByLabel("Answer", { exact: true }).fill("7");
  await page.getByRole("button", { name: "Send answer" }).dblclick();
  await script.says("first 7");
  expect(sent).toHaveLength(1);
  const { variables } = JSON.parse(sent[0] ?? "{}");
  expect(variables).toMatchObject({ key: "paused-1", idempotencyKey: expect.stringMatching(/.{8,}/) });
});

it("a run that asks nothing is resumed after asking, with its name and state", async () => {
  const { script, id } = await antiphon.start("plain");
  await antiphon.person.untilAsked(id, "paused-1");
  const page = await antiphon.page(`/runs/${id}/resume`);
  await page.getByRole("button", { name: "Resume" }).click();
  const dialog = page.getByRole("alertdialog");
  expect(await dialog.textContent()).toMatch(/Paused/);
  await dialog.getByRole("button", { name: "Resume" }).click();
  await script.says("resumed");
  await page.getByText("Your answer was taken").waitFor();
});

it("a wait that expires or is cancelled locks its form", async () => {
  const hasty = await antiphon.start("hasty");
  await antiphon.person.untilAsked(hasty.id, "paused-1");
  const page = await antiphon.page(`/runs/${hasty.id}/resume`);
  await page.getByRole("timer").waitFor();
  await page.getByRole("alert").filter({ hasText: "time to answer is over" }).waitFor();
  expect(await page.getByRole("button", { name: "Send answer" }).isDisabled()).toBe(true);

  const { id } = await antiphon.start("number");
  await antiphon.person.untilAsked(id, "paused-1");
  const other = await antiphon.page(`/runs/${id}/resume`);
  await other.getByLabel("Answer", { exact: true }).waitFor();
  await antiphon.person.cancel(id);
  await other.getByRole("alert").filter({ hasText: "cancelled" }).waitFor();
});

it("the whole form can be filled in and sent by keyboard", async () => {
  const { script, id } = await antiphon.start("number");
  await antiphon.person.untilAsked(id, "paused-1");
  const page = await antiphon.page(`/runs/${id}/resume`);
  await page.getByLabel("Answer", { exact: true }).focus();
  await page.keyboard.type("41");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await script.says("first 42");
});
