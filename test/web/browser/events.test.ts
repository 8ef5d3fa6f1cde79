import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { patience, until } from "../../support/wire.ts";
import { useConsole } from "../support/console.ts";
import { untilTakenOver } from "../support/page.ts";
import { tell } from "../support/tell.ts";

const antiphon = useConsole();

it("the feed is there before any script runs, and new events come on top by themselves", async () => {
  await tell(antiphon, { event: "first.created", order: 1 });
  const html = await fetch(`${antiphon.server.origin}/events?event=first.*`).then((answer) => answer.text());
  expect(html).toContain("Order 1");

  const page = await antiphon.page("/events?event=first.*");
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByText("1 event", { exact: true }).waitFor();
  await tell(
    antiphon,
    { event: "first.paid", order: 1 },
    { event: "other.paid", order: 1 },
    { event: "first.shipped", order: 1 },
  );
  await untilShown(page, ["first.shipped", "first.paid", "first.created"]);
  await page.getByText("3 events", { exact: true }).waitFor();
});

it("actions 8.4: new events wait while the feed is paused", async () => {
  await tell(antiphon, { event: "pause.a", order: 2 });
  const page = await antiphon.page("/events?event=pause.*");
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await tell(antiphon, { event: "pause.b", order: 2 }, { event: "pause.c", order: 2 });
  const waiting = page.getByRole("button", { name: "2 new events" });
  await waiting.waitFor();
  expect(await shown(page)).toEqual(["pause.a"]);
  await waiting.click();
  await untilShown(page, ["pause.c", "pause.b", "pause.a"]);

  await tell(antiphon, { event: "pause.d", order: 2 });
  await page.getByRole("button", { name: "1 new event" }).waitFor();
  await page.getByRole("button", { name: "Go on" }).click();
  await untilShown(page, ["pause.d", "pause.c", "pause.b", "pause.a"]);
});

it("actions 8.4: new events wait while somebody reads further down", async () => {
  await tell(antiphon, ...Array.from({ length: 40 }, (_, index) => ({ event: `long.${index}`, order: 3 })));
  const page = await antiphon.page("/events?event=long.*");
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("link", { name: "long.0", exact: true }).scrollIntoViewIfNeeded();
  await page.getByText("New events wait while you read").waitFor({ state: "attached" });
  await tell(antiphon, { event: "long.new", order: 3 });
  await page.getByRole("button", { name: "1 new event" }).click();
  await page.getByRole("link", { name: "long.new", exact: true }).waitFor();
  await page.getByText("Newest first, as they came in").waitFor();
});

it("every filter is in the address", async () => {
  const at = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  await tell(
    antiphon,
    { event: "shop.created", order: 4, payload: { note: "a green umbrella" } },
    { event: "shop.created", order: 5, occurred: at(3) },
    { event: "shop.paid", order: 4 },
  );
  const page = await antiphon.page("/events?event=shop.*");
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("link", { name: /^shop\.\*/ }).click();
  await page.waitForURL("**/events");
  await page.getByLabel("Event name", { exact: true }).fill("shop.created");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/events?event=shop.created");
  await untilShown(page, ["shop.created", "shop.created"]);

  await page.getByRole("searchbox", { name: "Resource" }).fill("order.5");
  await page.waitForURL("**/events?event=shop.created&resource=order.5");
  await untilShown(page, ["shop.created"]);
  await page.getByRole("link", { name: "Last hour" }).click();
  await page.getByText("No event fits").waitFor();
  await page.goto(`${antiphon.server.origin}/events?event=shop.*&order=oldest`);
  await untilTakenOver(page);
  await untilShown(page, ["shop.created", "shop.created", "shop.paid"]);
  await page.getByRole("searchbox", { name: "Text" }).fill("Umbrella");
  await page.waitForURL(/q=Umbrella/);
  await untilShown(page, ["shop.created"]);
});

it("a bar of the chart leads to its part of the time", async () => {
  const occurred = new Date(Date.now() - 5 * 3_600_000).toISOString();
  await tell(antiphon, { event: "bar.old", order: 6, occurred }, { event: "bar.new", order: 6 });
  const page = await antiphon.page("/events?event=bar.*");
  await page.getByText("Live", { exact: true }).waitFor();
  const bars = page.getByRole("region", { name: "Events over time" }).getByRole("link");
  await until("both bars are there", async () => (await bars.count()) === 2);
  await bars.last().focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await page.waitForURL(/from=.*&to=/);
  await untilShown(page, ["bar.old"]);
  await page.getByText("this page does not change by itself").waitFor();
});

it("a filter that the API does not take is refused beside its fields", async () => {
  const page = await antiphon.page(`/events?${new URLSearchParams({ after: "nonsense" })}`);
  await page
    .getByRole("alert")
    .getByText(/cursor/)
    .waitFor();
  await page.getByRole("searchbox", { name: "Text" }).waitFor();
});

it("pages go on where the last one ended", async () => {
  const names = Array.from({ length: 70 }, (_, index) => `page.${index}`);
  await tell(antiphon, ...names.map((event) => ({ event, order: 7 })));
  const page = await antiphon.page("/events?event=page.*");
  await page.getByText("Live", { exact: true }).waitFor();
  await untilShown(page, names.slice(20).reverse());
  await page.getByRole("link", { name: "Older" }).click();
  await untilShown(page, names.slice(0, 20).reverse());
  await page.getByRole("link", { name: "Newest", exact: true }).click();
  await untilShown(page, names.slice(20).reverse());
});

it("actions 98: of 200 events that come while the socket is cut for 5 s, each is shown once, in order", async () => {
  const names = Array.from({ length: 200 }, (_, index) => `flood.${index}`);
  const flood = (from: number, to: number) =>
    tell(antiphon, ...names.slice(from, to).map((event) => ({ event, order: 8 })));
  const page = await antiphon.page("/events?event=flood.*");
  await page.getByText("Live", { exact: true }).waitFor();
  await flood(0, 40);
  await untilShown(page, names.slice(0, 40).reverse());

  const endOfCut = Date.now() + 5_000;
  await page.context().setOffline(true);
  await page.getByText("Offline").waitFor();
  for (let from = 40; from < 160; from += 10) await flood(from, from + 10);
  await until("the time is over", () => Date.now() >= endOfCut);
  expect(await shown(page)).toEqual(names.slice(0, 40).reverse());
  await page.context().setOffline(false);
  for (let from = 160; from < 200; from += 10) await flood(from, from + 10);
  await page.getByText("Live", { exact: true }).waitFor();
  await untilShown(page, names.toReversed());
});

it("says that it is offline while the server is away, and goes on from the cursor", async () => {
  await tell(antiphon, { event: "net.1", order: 8 });
  const page = await antiphon.page("/events?event=net.*");
  await page.getByText("Live", { exact: true }).waitFor();
  await antiphon.server.kill();
  await page.getByText("Offline").waitFor();
  await antiphon.server.start();
  await page.getByText("Live", { exact: true }).waitFor();
  await tell(antiphon, { event: "net.2", order: 8 });
  await untilShown(page, ["net.2", "net.1"]);
});

it("an event's page shows all that it says, and leads to what it follows", async () => {
  const [before = ""] = await tell(antiphon, { event: "detail.before", order: 9 });
  await antiphon.ask(`mutation ($event: EventInput!) { emitEvent(event: $event) { ... on Event { id } } }`, {
    event: {
      event: "detail.after",
      resource: { "prefect.resource.id": "order.9", region: "eu" },
      related: [
        {
          "prefect.resource.id": "prefect.flow-run.0198c0de-0000-7000-8000-000000000000",
          "prefect.resource.role": "flow-run",
        },
      ],
      payload: { items: [{ sku: "a-1" }], note: "umbrella" },
      follows: before,
    },
  });
  const page = await antiphon.page("/events?event=detail.*");
  // Before that, a press of a key would reach what the server rendered.
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("link", { name: "detail.before", exact: true }).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "detail.after" }).waitFor();
  await page.getByRole("region", { name: "Resource" }).getByRole("cell", { name: "eu" }).waitFor();
  await page.getByRole("region", { name: "Payload" }).getByText('"a-1"').waitFor();
  const related = page.getByRole("region", { name: "Related" }).getByRole("link");
  expect(await related.getAttribute("href")).toBe("/runs/0198c0de-0000-7000-8000-000000000000");
  await page.getByText("Show it").click();
  await page.getByRole("region", { name: "As JSON" }).getByText('"note": "umbrella"').waitFor();
  await page.getByRole("link", { name: before }).click();
  await page.getByRole("heading", { name: "detail.before" }).waitFor();
});

it("an event that is not kept is explained", async () => {
  const answer = await fetch(`${antiphon.server.origin}/events/0198c0de-0000-7000-8000-000000000000`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain("This event is not kept");
});

it("a run's page shows the events about it, as they come", async () => {
  const { id } = await antiphon.start("talks");
  const page = await antiphon.page(`/runs/${id}`);
  const events = page.getByRole("region", { name: "Events" });
  await events.getByText("prefect.flow-run.Running").waitFor();
  await antiphon.person.send(id, "end");
  await events.getByText("prefect.flow-run.Completed").waitFor();
  await events.getByRole("link", { name: "All in the feed" }).click();
  await page.waitForURL(/\/events\?resource=prefect\.flow-run\./);
  await page.getByRole("link", { name: "prefect.flow-run.Completed" }).first().waitFor();
});

/** The names of the rows, from top to bottom. */
function shown(page: Page): Promise<string[]> {
  return page.getByRole("list", { name: "Events", exact: true }).locator(".row-link").allTextContents();
}

async function untilShown(page: Page, names: string[]): Promise<void> {
  await expect.poll(() => shown(page), { timeout: patience }).toEqual(names);
}
