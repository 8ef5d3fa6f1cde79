import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { Automation, NotFound } from "../../../sdk/index.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { namedBlock } from "../../docs/support/pages.ts";
import { acted, fired } from "../../support/fired.ts";
import { until } from "../../support/wire.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { Command, type Ended } from "../support/command.ts";
import { scratchFolder } from "../support/folder.ts";
import { runHere } from "../support/run-here.ts";

const antiphon = useAntiphon();
const folder = scratchFolder();

function context() {
  if (!antiphon.context) throw new Error("the server is not running");
  return antiphon.context;
}

function run(...args: string[]): Promise<Ended> {
  return runHere(args, { cwd: folder() });
}

async function file(name: string, content: unknown): Promise<string> {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  await writeFile(path.join(folder(), name), text);
  return name;
}

function document(name: string, more: object = {}): object {
  return { name, trigger: { expect: ["order.paid"] }, actions: [{ type: "do-nothing" }], ...more };
}

it("actions 84: read with both id and name, or neither, is refused; what is unknown is not found", async () => {
  expect((await run("automation", "inspect", "a", "--id", randomUUID())).code).toBe(2);
  expect((await run("automation", "inspect")).code).toBe(2);
  expect((await run("automation", "inspect", "nobody")).code).toBe(1);
  await expect(Automation.read({ id: randomUUID() })).rejects.toThrow(NotFound);
});

it("actions 85: of three automations with one bad, two are created and the bad one is reported", async () => {
  const name = await file("three.json", [
    document("first"),
    document("bad", { trigger: { threshold: -1 } }),
    document("second"),
  ]);
  const { code, out, err } = await run("automation", "create", "-f", name);
  expect({ code, out }).toEqual({ code: 1, out: "first: created\nsecond: created\n" });
  expect(err).toMatch(/^bad: refused\n {2}three\.json:1: trigger\.threshold must be/);
  const again = await run("automation", "create", "-f", name, "--json");
  expect(JSON.parse(again.out)).toMatchObject([
    { name: "first", outcome: "refused", issues: [expect.stringContaining('named "first" already')] },
    { name: "bad", outcome: "refused" },
    { name: "second", outcome: "refused" },
  ]);
});

it("with --atomic all are created, or none where one is refused", async () => {
  const good = [document("atomic 1"), document("atomic 2")];
  const taken = await file("taken.json", [
    ...good,
    document("atomic 1"),
    document("worse", { trigger: { within: -1 } }),
  ]);
  const refused = await run("automation", "create", "-f", taken, "--atomic");
  expect(refused).toMatchObject({ code: 1, out: "" });
  expect(refused.err).toContain("worse: refused\n  taken.json:1: trigger.within must be at least 0");
  expect(refused.err).toContain(
    "atomic 2: refused\n  taken.json:1: not created, since another one is refused",
  );
  const twice = await run(
    "automation",
    "create",
    "-f",
    await file("twice.json", [...good, document("atomic 1")]),
    "--atomic",
  );
  expect(twice.err).toContain('there is an automation named "atomic 1" already');
  expect((await run("automation", "ls", "--name", "atomic")).out).toBe("There is no such automation.\n");
  const created = await run("automation", "create", "-f", await file("good.json", good), "--atomic");
  expect(created).toMatchObject({ code: 0, out: "atomic 1: created\natomic 2: created\n" });
});

it("actions 5.3: ls shows those that are asked for, in the order that is asked for", async () => {
  const owner = "shop.listed.1";
  const made = [
    document("listed b", { owner_resource: owner }),
    document("listed a", { owner_resource: owner, enabled: false }),
    document("listed c", {
      owner_resource: owner,
      actions: [{ type: "cancel-flow-run" }],
      trigger: { type: "sequence", triggers: [{ expect: ["a"] }, { expect: ["b"] }] },
    }),
  ];
  await run("automation", "create", "-f", await file("listed.json", made));
  const names = async (...args: string[]) =>
    (
      JSON.parse((await run("automation", "ls", "--owner", owner, "--json", ...args)).out) as {
        name: string;
      }[]
    ).map(({ name }) => name);
  expect(await names()).toEqual(["listed a", "listed b", "listed c"]);
  expect(await names("--sort", "-name")).toEqual(["listed c", "listed b", "listed a"]);
  expect(await names("--sort", "created")).toEqual(["listed c", "listed a", "listed b"]);
  expect(await names("--paused")).toEqual(["listed a"]);
  expect(await names("--enabled", "--trigger", "event")).toEqual(["listed b"]);
  expect(await names("--action", "cancel-flow-run", "do-nothing", "--trigger", "sequence")).toEqual([
    "listed c",
  ]);
  expect((await run("automation", "ls", "--owner", "nobody.1")).out).toBe("There is no such automation.\n");
  expect((await run("automation", "ls", "--enabled", "--paused")).code).toBe(2);
  expect((await run("automation", "ls", "--action", "cancel-flowrun")).err).toContain(
    'did you mean "cancel-flow-run"?',
  );
});

it("an automation is given in a file or as JSON, one of the two", async () => {
  const json = JSON.stringify(document("inline"));
  expect((await run("automation", "create", "-j", json)).out).toBe("inline: created\n");
  for (const args of [["create"], ["create", "-j", json, "-f", "x.yaml"]])
    expect((await run("automation", ...args)).code).toBe(2);
  expect(await run("automation", "create", "-j", "{")).toMatchObject({
    code: 2,
    err: expect.stringContaining("-j cannot be read: "),
  });
  expect((await run("automation", "create", "-f", "x.toml")).err).toContain("x.toml");
  const endless = await file("endless.yaml", "value: &v [1, *v]\n");
  const saved = await run("block", "save", "json/endless", "-f", endless);
  expect(saved).toMatchObject({
    code: 1,
    err: expect.stringContaining("endless.yaml:1: *v stands inside &v"),
  });
});

it("actions 87: an update takes no ids of triggers, and cannot change the automation's own", async () => {
  await run("automation", "create", "-j", JSON.stringify(document("steady")));
  const before = await Automation.read({ name: "steady" });
  const trigger = { expect: ["order.refunded"], id: randomUUID() };
  const changed = { ...document("renamed", { trigger }), id: randomUUID() };
  const name = await file("changed.json", changed);
  const { code, out } = await run("automation", "update", "steady", "-f", name);
  expect({ code, out }).toEqual({ code: 0, out: "renamed: updated\n" });
  const after = await Automation.read({ name: "renamed" });
  expect(after).toMatchObject({ id: before.id, trigger: { expect: ["order.refunded"] } });
  expect(JSON.stringify((await run("automation", "inspect", "renamed", "--json")).out)).not.toContain(
    trigger.id,
  );
  expect((await run("automation", "update", "--id", before.id ?? "", "-f", name)).out).toBe(
    "renamed: unchanged\n",
  );
  const unknown = await run("automation", "update", "--id", randomUUID(), "-f", name);
  expect(unknown).toMatchObject({ code: 1, out: "" });
  const wrong = await run(
    "automation",
    "update",
    "renamed",
    "-j",
    '{"name": "renamed", "trigger": {"expct": []}}',
  );
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain('"expect"');
});

it("what the files no longer hold is pruned from those of one owner, and from nobody else", async () => {
  const owner = "team.blue";
  const owned = (name: string) => document(name, { owner_resource: owner });
  const both = await file("both.json", [owned("kept"), owned("dropped")]);
  await run("automation", "apply", "-f", both);
  await run("automation", "create", "-j", JSON.stringify(document("dropped")));
  const one = await file("one.json", [owned("kept")]);
  const dry = await run("automation", "apply", "-f", one, "--prune", "--owner", owner, "--dry-run");
  expect(dry.out).toBe("kept: unchanged\ndropped: would be deleted\n");
  const bad = await file("bad.json", [owned("kept"), { ...owned("worse"), trigger: { within: -1 } }]);
  expect((await run("automation", "apply", "-f", bad, "--prune", "--owner", owner)).err).toContain(
    "Nothing is pruned",
  );
  const done = await run("automation", "apply", "-f", one, "--prune", "--owner", owner);
  expect(done).toMatchObject({ code: 0, out: "kept: unchanged\ndropped: deleted\n" });
  expect(await Automation.read({ name: "dropped" })).toMatchObject({ ownerResource: null });
  expect((await run("automation", "apply", "-f", one, "--prune")).code).toBe(2);
});

it("actions name what they act upon, and a name that stands for nothing is refused with its place", async () => {
  const { id } = await registerDeployment(context(), { deployment: { flowName: "orders", name: "main" } });
  const saved = await run(
    "block",
    "save",
    "webhook/named",
    "--set",
    "url=https://example.com/hook",
    "--json",
  );
  const actions = [
    { type: "run-deployment", deployment: "orders/main" },
    { type: "call-webhook", block: "webhook/named" },
  ];
  const names = await file("names.json", document("names", { actions }));
  expect((await run("automation", "apply", "-f", names)).out).toBe("names: created\n");
  expect((await run("automation", "apply", "-f", names, "--dry-run")).out).toBe("names: unchanged\n");
  expect(await Automation.read({ name: "names" })).toMatchObject({
    actions: [{ deploymentId: id }, { blockDocumentId: JSON.parse(saved.out).id }],
  });
  const pause = (automation: string) =>
    document(`pauses ${automation}`, { actions: [{ type: "pause-automation", automation }] });
  const pauses = await file("pauses.json", [pause("names"), pause("nobody")]);
  const created = await run("automation", "create", "-f", pauses);
  expect(created).toMatchObject({ code: 1, out: "pauses names: created\n" });
  expect(created.err).toContain('pauses.json:1: actions[0].automation: there is no automation "nobody"');
  expect((await run("automation", "create", "-f", pauses, "--atomic")).err).toContain(
    "not created, since another",
  );
  const update = ["automation", "update", "pauses names", "-j", JSON.stringify(pause("nobody"))];
  expect((await run(...update)).code).toBe(1);
});

const reminder = {
  name: "Reminder",
  trigger: {
    posture: "Proactive",
    after: ["order.created"],
    expect: ["order.paid"],
    for_each: ["prefect.resource.id"],
    within: 600,
  },
  actions: [{ type: "do-nothing" }],
};

it("an automation of a file is tried out with events of files", async () => {
  const name = await file("reminder.json", reminder);
  const event = (event: string, id: string, minute: string) => ({
    event,
    occurred: `2026-05-04T09:${minute}:00Z`,
    resource: { "prefect.resource.id": id },
  });
  const lines = [
    event("order.created", "ann", "00"),
    event("order.created", "bob", "01"),
    event("order.paid", "ann", "08"),
  ];
  const events = await file("events.jsonl", lines.map((line) => JSON.stringify(line)).join("\n"));
  const told = await run("automation", "test", name, "--event", events);
  expect(told.code).toBe(0);
  expect(told.out).toMatch(/triggered +bob +the clock/);
  expect(told.out).toContain("Reminder would have fired 1 time over 3 events, of which 3 concern it.");
  expect(told.out).toContain("Each time it would do nothing.");
  const json = await run("automation", "test", name, "--event", events, "--json", "--expect", "1");
  expect(JSON.parse(json.out)).toMatchObject({
    firings: [{ triggered: "2026-05-04T09:11:00.000Z", triggeringLabels: { "prefect.resource.id": "bob" } }],
  });
  const wrong = await run("automation", "test", name, "--event", events, "--expect", "2");
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.err).toContain("would fire 1 times, and 2 are expected");
  const none = await file("none.yaml", "- event: order.paid\n");
  expect((await run("automation", "test", name, "--event", none)).err).toContain("has no `resource`");
});

it("the files of the manual are tried out as it says", async () => {
  const page = "docs/command-line.md";
  const [automation, events] = await Promise.all(
    ["reminder.yaml", "events.yaml"].map((name) => file(name, namedBlock(page, name).text)),
  );
  const told = await run("automation", "test", automation ?? "", "--event", events ?? "", "--expect", "1");
  expect(told).toMatchObject({ code: 0, err: "" });
  expect(told.out).toMatch(/triggered +order\.18 +the clock/);
});

it("a backtest judges the stored events, and an explanation tells why one of them fired", async () => {
  const { automationId, eventId } = await fired(context(), [{ type: "do-nothing" }]);
  const { name } = await Automation.read({ id: automationId });
  const back = await run("automation", "backtest", name, "--from", "1h");
  expect(back.code).toBe(0);
  expect(back.out).toMatch(/would have fired 1 time over \d+ events/);
  const asFile = await file("same.json", document("same", { trigger: { expect: [name] } }));
  const json = JSON.parse((await run("automation", "backtest", "-f", asFile, "--from", "1h", "--json")).out);
  expect(json.firings).toMatchObject([{ triggeringEventId: eventId }]);
  expect((await run("automation", "backtest", name, "--from", "soon")).code).toBe(2);
  const why = await run("automation", "explain", name, "--event", eventId);
  expect(why).toMatchObject({ code: 0 });
  expect(why.out).toMatch(/^yes {2}enabled: /m);
  expect(why.out).toMatch(/antiphon firing inspect [0-9a-f-]{36}\n$/);
  expect((await run("automation", "explain", name, "--event", randomUUID())).code).toBe(1);
});

it("firings and their actions are listed, inspected and followed, and failed actions tried again", async () => {
  await fired(context(), [{ type: "do-nothing" }]);
  const following = new Command(["firing", "stream", "--json"]);
  await until("it follows", () => following.err.includes("Following firings of"));
  const { automationId, runs } = await acted(context(), [
    { type: "do-nothing" },
    { type: "cancel-flow-run" },
  ]);
  const { name } = await Automation.read({ id: automationId });
  const [firing] = JSON.parse((await run("firing", "ls", "--automation", name, "--json")).out) as {
    id: string;
  }[];
  const listed = await run("firing", "ls", "--automation", automationId);
  expect(listed.out).toMatch(new RegExp(`1 succeeded, 1 failed +${firing?.id}\\n$`));
  const shown = await run("firing", "inspect", firing?.id ?? "");
  expect(shown.out).toMatch(new RegExp(`Automation +${name} ${automationId}`));
  expect(shown.out).toMatch(
    new RegExp(`cancel-flow-run +failed +1 +No flow run could be inferred.* +${runs[1]}\\n`),
  );
  const failed = await run("action-run", "ls", "--automation", name, "--status", "failed", "--json");
  expect(JSON.parse(failed.out)).toMatchObject([{ id: runs[1], firing: { id: firing?.id } }]);
  const discarded = await run("action-run", "discard", runs[1] ?? "");
  expect(discarded.out).toBe(`cancel-flow-run ${runs[1]} is discarded.\n`);
  const open = await run("action-run", "ls", "--automation", name, "--status", "failed");
  expect(open.out).toBe("There are no such action runs.\n");
  expect((await run("action-run", "ls", "--automation", name, "--discarded")).out).toMatch(
    /cancel-flow-run +discarded +1 /,
  );
  const again = await run("action-run", "retry", runs[0] ?? "", runs[1] ?? "");
  expect(again.code).toBe(1);
  expect(again.out).toBe(`cancel-flow-run ${runs[1]} is tried again.\n`);
  expect((await run("firing", "inspect", randomUUID())).code).toBe(1);
  const [line = ""] = await following.lines(1);
  expect(JSON.parse(line)).toMatchObject({ automation: { id: automationId } });
  following.kill("SIGINT");
  expect(await following.exited).toBe(0);
});

it("all automations are deleted at once, only where none is named", async () => {
  expect((await run("automation", "delete", "first", "--all")).code).toBe(2);
  expect((await run("automation", "delete", "--all", "--yes")).code).toBe(0);
  expect((await run("automation", "ls")).out).toContain("There are no automations yet");
});
