import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { useConsole } from "../support/console.ts";

const antiphon = useConsole();

it("every kind of field gives the value that was entered in it", async () => {
  const { script, id } = await antiphon.start("everything");
  await antiphon.person.untilAsked(id, "paused-1");
  const page = await antiphon.page(`/runs/${id}/resume`);
  const text = (label: string) => page.getByLabel(label, { exact: true });
  await text("Line").fill("one");
  await text("Lines").fill("two\nlines");
  await text("Email").fill("ada@example.com");
  await text("Link").fill("https://example.com/");
  await text("Day").fill("2026-07-01");
  await text("Moment").fill("2026-07-01T10:20:30");
  await text("Time").fill("09:30");
  await text("Span").fill("PT1H30M");
  await page.getByText("1 hour 30 minutes").waitFor();
  await text("Secret").fill("hush");
  await text("Config").fill('{"a": 1}');
  await text("Whole").fill("42");
  await text("Fraction").fill("0.5");
  await text("Yes").click();
  await text("Choice").selectOption("blue");
  await group(page, "Several").getByLabel("c", { exact: true }).check();
  await group(page, "Several").getByLabel("a", { exact: true }).check();

  const list = group(page, "List");
  for (const item of ["x", "y", "z"]) {
    await list.getByRole("button", { name: "Add an item" }).click();
    await list.getByRole("textbox").last().fill(item);
  }
  await list.getByRole("button", { name: "Move item 3 up" }).click();
  await list.getByRole("button", { name: "Remove item 1" }).click();

  await text("Pair 1").fill("left");
  await text("Pair 2").fill("2");
  await text("Inner").fill("deep");
  const scores = group(page, "Scores");
  await scores.getByRole("button", { name: "Add an entry" }).click();
  await scores.getByLabel("Name 1").fill("ada");
  await scores.getByRole("spinbutton").fill("7");
  await page.getByRole("tab", { name: "Invoice" }).click();
  await text("To").fill("ada@example.com");
  await group(page, "Payment").getByText("invoice", { exact: true }).waitFor();
  const maybe = page.getByRole("tab", { name: "Number" });
  await maybe.first().click();
  await text("Maybe").fill("3");
  await group(page, "Tree").getByLabel("Name", { exact: true }).fill("root");
  await group(page, "Children").getByRole("button", { name: "Add an item" }).click();
  await group(page, "Children").getByLabel("Name", { exact: true }).fill("leaf");
  const anything = group(page, "Anything");
  await anything.getByRole("button", { name: "As JSON" }).first().click();
  await text("Anything").fill('{"free": [1, null]}');

  await page.getByRole("button", { name: "Send answer" }).click();
  await page.getByText("Your answer was taken").waitFor();
  await script.says(/^answer /m);
  const [answer] = (await antiphon.person.read(id)).inputs.nodes;
  expect(answer?.value).toEqual({
    line: "one",
    lines: "two\nlines",
    email: "ada@example.com",
    link: "https://example.com/",
    day: "2026-07-01",
    moment: new Date("2026-07-01T10:20:30").toISOString(),
    time: expect.stringMatching(/^09:30/),
    span: "PT1H30M",
    secret: "hush",
    config: '{"a": 1}',
    whole: 42,
    fraction: 0.5,
    yes: true,
    choice: "blue",
    fixed: "v1",
    several: ["c", "a"],
    list: ["z", "y"],
    pair: ["left", 2],
    group: { inner: "deep" },
    scores: { ada: 7 },
    payment: { kind: "invoice", to: "ada@example.com" },
    nickname: null,
    maybe: 3,
    tree: { name: "root", children: [{ name: "leaf", children: [] }] },
    anything: { free: [1, null] },
  });
});

it("every field can be written as JSON and back without changing its value", async () => {
  const { script, id } = await antiphon.start("defaults");
  await antiphon.person.untilAsked(id, "paused-1");
  const page = await antiphon.page(`/runs/${id}/resume`);
  const switches = page.getByRole("button", { name: "As JSON" });
  await page.getByLabel("Size", { exact: true }).waitFor();
  const count = await switches.count();
  expect(count).toBe(3);
  for (let index = 0; index < count; index++) {
    await switches.nth(index).click();
    await switches.nth(index).click();
  }
  await switches.first().click();
  const whole = page.getByRole("textbox");
  expect(JSON.parse(await whole.inputValue())).toEqual({ size: "large", gift: true });
  await whole.fill('{"size": "small", ');
  await whole.blur();
  await page.getByText(/is not JSON/).waitFor();
  expect(await switches.first().isDisabled()).toBe(true);
  await whole.fill('{"size": "small", "gift": false}');
  await switches.first().click();
  expect(await page.getByLabel("Size", { exact: true }).inputValue()).toBe("small");
  await page.getByRole("button", { name: "Send answer" }).click();
  await script.says('answer {"size":"small","gift":false}');
});

function group(page: Page, name: string) {
  return page.getByRole("group", { name, exact: true });
}
