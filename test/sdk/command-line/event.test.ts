import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { emitEvent, getClient } from "../../../sdk/index.ts";
import { until } from "../../support/wire.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { antiphonCommand, Command } from "../support/command.ts";
import { scratchFolder } from "../support/folder.ts";
import { runHere } from "../support/run-here.ts";

const antiphon = useAntiphon();
const folder = scratchFolder();

async function read(id: string): Promise<Record<string, unknown>> {
  const query = "query ($id: ID!) { event(id: $id) { event occurred resource related payload follows } }";
  return (await getClient().request<{ event: Record<string, unknown> }>(query, { id })).event;
}

function emit(event: string, resource = "order.17"): Promise<{ id: string }> {
  return emitEvent({ event, resource: { "prefect.resource.id": resource } });
}

it("an event is emitted with all that the options say", async () => {
  const id = randomUUID();
  const before = await emit("order.created");
  const payload = path.join(folder(), "payload.json");
  await writeFile(payload, '{ "total": 12.5 }');
  const { code, out } = await antiphonCommand([
    ...["event", "emit", "order.paid", "--resource-id", "order.17", "--id", id, "--payload", `@${payload}`],
    ...["--label", "shop=Lyon", "--label", "formula=a=b", "--related", "customer=customer.3"],
    ...["--related", '{"prefect.resource.id": "p.1", "prefect.resource.role": "product", "size": "L"}'],
    ...["--occurred", "2026-01-02T03:04:05Z", "--follows", before.id],
  ]);
  expect({ code, out }).toEqual({ code: 0, out: `Emitted order.paid of order.17, event ${id}.\n` });
  expect(await read(id)).toEqual({
    event: "order.paid",
    occurred: "2026-01-02T03:04:05.000Z",
    resource: { "prefect.resource.id": "order.17", shop: "Lyon", formula: "a=b" },
    related: [
      { "prefect.resource.id": "customer.3", "prefect.resource.role": "customer" },
      { "prefect.resource.id": "p.1", "prefect.resource.role": "product", size: "L" },
    ],
    payload: { total: 12.5 },
    follows: before.id,
  });
});

it("its id is told to programs, and a payload may come from a pipe", async () => {
  const args = ["event", "emit", "order.paid", "--resource-id", "order.17", "--payload", "-", "-o", "json"];
  const { out } = await antiphonCommand(args, { input: '{"piped": true}' });
  expect(await read(JSON.parse(out).id)).toMatchObject({ payload: { piped: true } });
});

it.each([
  { code: 2, args: ["order.paid"], says: "required option '--resource-id <id>' not specified" },
  {
    code: 2,
    args: ["order.paid", "--resource-id", "a", "--payload", "{total: 1}"],
    says: "--payload is no JSON",
  },
  {
    code: 1,
    args: ["order.paid", "--resource-id", "a", "--payload", "@nowhere.json"],
    says: "nowhere.json cannot be read: there is no such file",
  },
  {
    code: 2,
    args: ["order.paid", "--resource-id", "a", "--label", "shop"],
    says: '--label "shop" is not of the form name=value',
  },
  {
    code: 2,
    args: ["order.paid", "--resource-id", "a", "--label", "prefect.resource.id=b"],
    says: "--label prefect.resource.id=… is no further label: give it as --resource-id",
  },
  {
    code: 2,
    args: ["order.paid", "--resource-id", "a", "--occurred", "soon"],
    says: '--occurred "soon" is no time',
  },
  { code: 1, args: ["order.paid", "--resource-id", "a", "--payload", "[1]"], says: "payload" },
  { code: 1, args: ["", "--resource-id", ""], says: 'event "" has 2 problems:\n  event' },
])("what is wrong is said and nothing is emitted: $says", async ({ code, args, says }) => {
  const ended = await antiphonCommand(["event", "emit", ...args]);
  expect(ended).toMatchObject({ code, out: "" });
  expect(ended.err).toContain(says);
});

it("events are followed from now on, filtered, as lines for people", async () => {
  await emit("order.earlier");
  const stream = new Command(["event", "stream", "--name", "order.*", "--limit", "2"]);
  await untilFollowing(stream);
  await emit("order.created");
  await emit("parcel.sent");
  await emitEvent({
    event: "order.noted",
    resource: { "prefect.resource.id": "order.18" },
    payload: { text: "\u001b[31mred\n" },
  });
  expect(await stream.exited).toBe(0);
  const lines = stream.out.trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\d{4}-\S+Z {2}order\.created {2}order\.17$/);
  expect(lines[1]).toContain("order.noted  order.18");
  expect(stream.out).not.toContain("\u001b");
});

it("events are followed as JSON lines over a restart of the server, with no gap and no repeat", async () => {
  const stream = new Command(["event", "stream", "--resource-id", "order.restart", "--json"]);
  await untilFollowing(stream);
  await antiphon.stop();
  await antiphon.start();
  const ids: string[] = [];
  for (let turn = 0; turn < 5; turn++) ids.push((await emit(`order.turn-${turn}`, "order.restart")).id);
  await stream.lines(5);
  await antiphon.stop();
  await antiphon.start();
  ids.push((await emit("order.last", "order.restart")).id);
  const events = (await stream.lines(6)).map((line) => JSON.parse(line));
  expect(events.map(({ id }) => id)).toEqual(ids);
  expect(events[0]).toEqual({
    cursor: expect.any(String),
    id: ids[0],
    event: "order.turn-0",
    occurred: expect.any(String),
    received: expect.any(String),
    resource: { "prefect.resource.id": "order.restart" },
    related: [],
    payload: {},
    follows: null,
  });
  const again = new Command([
    "event",
    "stream",
    "--after",
    events[3].cursor,
    "--resource-id",
    "order.restart",
    "--limit",
    "2",
    "--json",
  ]);
  expect(await again.exited).toBe(0);
  expect(
    again.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).id),
  ).toEqual(ids.slice(4));
  stream.kill("SIGINT");
  expect(await stream.exited).toBe(0);
});

it("events are listed, newest first, by name, resource and time, and one is inspected", async () => {
  const ids: string[] = [];
  for (const [name, resource] of [
    ["lamp.on", "lamp.1"],
    ["lamp.off", "lamp.1"],
    ["lamp.on", "lamp.2"],
  ] as const)
    ids.push((await emit(name, resource)).id);
  const past = await emitEvent({
    event: "lamp.bought",
    resource: { "prefect.resource.id": "lamp.1", colour: "red" },
    related: [{ "prefect.resource.id": "shop.3", "prefect.resource.role": "seller", town: "Lyon" }],
    payload: { price: 12.5 },
    occurred: new Date(Date.now() - 7_200_000),
    follows: ids[0],
  });
  const list = (...args: string[]) => runHere(["event", "ls", ...args]);
  const listed = async (...args: string[]) =>
    JSON.parse((await list(...args, "--json")).out).map(({ id }: { id: string }) => id);
  expect(await listed("--name", "lamp.*")).toEqual([past.id, ids[2], ids[1], ids[0]]);
  expect(await listed("--name", "lamp.on", "lamp.off", "--limit", "2")).toEqual([ids[2], ids[1]]);
  expect(await listed("--resource", "lamp.1", "--since", "1h")).toEqual([ids[1], ids[0]]);
  const [titles = "", first = "", ...others] = (await list("--name", "lamp.on")).out.trimEnd().split("\n");
  expect(titles.split(/ {2,}/)).toEqual(["OCCURRED", "EVENT", "RESOURCE", "ID"]);
  expect(first).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\d .* lamp\\.on +lamp\\.2 +${ids[2]}$`));
  expect(others).toHaveLength(1);
  expect((await list("--name", "lamp.eaten")).out).toBe("There is no such event.\n");
  expect(await list("--since", "soon")).toMatchObject({
    code: 2,
    err: expect.stringContaining('--since "soon" is no time'),
  });
  const { out } = await runHere(["event", "inspect", past.id]);
  expect(out).toMatch(/^Event +lamp\.bought\nId +/);
  expect(out).toMatch(/^Resource +lamp\.1\n +colour=red$/m);
  expect(out).toMatch(/^Related +seller: shop\.3, town=Lyon$/m);
  expect(out).toMatch(new RegExp(`^Follows +${ids[0]}$`, "m"));
  expect(JSON.parse((await runHere(["event", "inspect", past.id, "--json"])).out)).toMatchObject({
    id: past.id,
    payload: { price: 12.5 },
  });
  expect(await runHere(["event", "inspect", randomUUID()])).toMatchObject({
    code: 1,
    err: expect.stringContaining("`antiphon event ls` lists the newest"),
  });
});

it("a cursor that is none ends the stream with the reason", async () => {
  const { code, err } = await antiphonCommand(["event", "stream", "--after", "nonsense"]);
  expect(code).toBe(1);
  expect(err).toContain('"nonsense" is no cursor');
});

/** It reads where the log ends before it says that it follows. */
async function untilFollowing(stream: Command): Promise<void> {
  await until("it follows", () => stream.err.includes("Following events of"));
}
