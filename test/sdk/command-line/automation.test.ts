import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, expect, it } from "vitest";
import { Automation, getClient } from "../../../sdk/index.ts";
import { useAntiphon } from "../support/antiphon.ts";
import type { Ended } from "../support/command.ts";
import { scratchFolder } from "../support/folder.ts";
import { runHere } from "../support/run-here.ts";

const antiphon = useAntiphon();
const folder = scratchFolder();

beforeEach(async () => {
  const { automations } = await getClient().request<{ automations: { nodes: { id: string }[] } }>(
    "{ automations(first: 500) { nodes { id } } }",
  );
  for (const { id } of automations.nodes)
    await getClient().request("mutation ($id: ID!) { deleteAutomation(id: $id) }", { id });
});

function automation(...args: string[]): Promise<Ended> {
  return runHere(["automation", ...args], { cwd: folder() });
}

async function file(name: string, text: string): Promise<string> {
  await mkdir(path.dirname(path.join(folder(), name)), { recursive: true });
  await writeFile(path.join(folder(), name), text);
  return name;
}

function create(
  name: string,
  more: { ownerResource?: string; description?: string } = {},
): Promise<Automation> {
  const trigger = { type: "event", expect: ["order.paid"] } as const;
  return new Automation({
    name,
    trigger: { ...trigger, expect: ["order.paid"] },
    actions: [{ type: "do-nothing" }],
    ...more,
  }).create();
}

const guide = `name: Cancel long running flows
description: Cancel any flow run after an hour of execution
trigger:
  match:
    "prefect.resource.id": "prefect.flow-run.*"
  match_related: {}
  after:
    - "prefect.flow-run.Failed"
  expect:
    - "prefect.flow-run.*"
  for_each:
    - "prefect.resource.id"
  posture: "Proactive"
  threshold: 1
  within: 30
actions:
  - type: "cancel-flow-run"
`;

it("actions 88: the guide's file is created, then unchanged, then updated in place", async () => {
  const name = await file("long.yaml", guide);
  expect(await automation("apply", "-f", name)).toMatchObject({
    code: 0,
    out: "Cancel long running flows: created\n",
  });
  const created = await Automation.read({ name: "Cancel long running flows" });
  expect(await automation("apply", "-f", name)).toMatchObject({
    code: 0,
    out: "Cancel long running flows: unchanged\n",
  });
  expect((await Automation.read({ name: "Cancel long running flows" })).updatedAt).toEqual(created.updatedAt);
  await file("long.yaml", guide.replace("within: 30", "within: 60"));
  expect(await automation("apply", "-f", name)).toMatchObject({
    code: 0,
    out: "Cancel long running flows: updated\n",
  });
  expect(await Automation.read({ name: "Cancel long running flows" })).toMatchObject({
    id: created.id,
    trigger: { within: 60 },
  });
});

it("a dry run shows what would change, line by line, and changes nothing", async () => {
  const name = await file("long.yaml", guide);
  const first = await automation("apply", "-f", name, "--dry-run");
  expect(first.out).toMatch(
    /^Cancel long running flows: would be created\n {2}\+ name: Cancel long running flows\n/,
  );
  await automation("apply", "-f", name);
  expect((await automation("apply", "-f", name, "--dry-run")).out).toBe(
    "Cancel long running flows: unchanged\n",
  );
  await file("long.yaml", guide.replace("within: 30", "within: 60"));
  const { out } = await automation("apply", "-f", name, "--dry-run");
  expect(out).toContain("\n  -   within: 30\n  +   within: 60\n");
  expect(out.match(/^ {2}[+-] /gm)).toHaveLength(2);
  expect(await Automation.read({ name: "Cancel long running flows" })).toMatchObject({
    trigger: { within: 30 },
  });
});

it("a dry run refuses what the server would refuse, as applying does", async () => {
  const wrong = await file(
    "wrong.yaml",
    `name: reminded
trigger: { expect: [order.paid] }
actions:
  - type: emit-event
    event: order.seen
    resource: { prefect.resource.id: "{{ event.resource.id | uper }}" }
---
name: fine
trigger: { expect: [order.paid] }
actions: [{ type: do-nothing }]
`,
  );
  const dry = await automation("apply", "-f", wrong, "--dry-run");
  const real = await automation("apply", "-f", wrong);
  expect(dry).toMatchObject({ code: 1, err: real.err });
  expect(dry.err).toMatch(/^reminded: refused\n {2}\S*wrong.yaml:6: .*uper/);
  expect(dry.out).toContain("fine: would be created");
});

const two = `# Two of them.
automations:
  - name: fine
    trigger: { expect: [order.paid] }
    actions: [{ type: do-nothing }]
  - name: wrong
    trigger:
      expects: [order.paid]
      within: -1
    actions:
      - type: do-noting
`;

it("actions 85: of several, those that are refused are told with file and line, and the others are applied", async () => {
  const name = await file("two.yaml", two);
  const { code, out, err } = await automation("apply", "-f", name);
  expect({ code, out }).toEqual({ code: 1, out: "fine: created\n" });
  expect(err).toMatch(/^wrong: refused\n/);
  expect(err).toMatch(/two\.yaml:8: trigger\.expects .*"expect"/);
  expect(err).toMatch(/two\.yaml:9: trigger\.within must be at least 0/);
  expect(err).toMatch(/two\.yaml:11: actions\[0\]\.type .*"do-nothing"/);
  const json = await automation("apply", "-f", name, "-o", "json");
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject([
    { name: "fine", outcome: "unchanged", issues: [] },
    { name: "wrong", outcome: "refused", id: null },
  ]);
});

it("all that is wrong is told at once, in the order of the file, also beside a name that stands for nothing", async () => {
  const wrong = await file(
    "wrong.yaml",
    `name: wrong
trigger:
  type: evnt
  expekt: order.paid
  threshold: -1
actions:
  - type: send-notification
    block: slack-webhook/nobody
    body: "{{ event.id | uper }}"
    subjct: x
`,
  );
  const { err } = await automation("apply", "-f", wrong);
  expect(
    [...err.matchAll(/^ {2}\S*wrong\.yaml:(\d+): (\S+)/gm)].map(([, line, what]) => [line, what]),
  ).toEqual([
    ["3", "trigger.type"],
    ["4", "trigger.expekt"],
    ["5", "trigger.threshold"],
    ["8", "actions[0].block:"],
    ["9", "actions[0].body"],
    ["10", "actions[0].subjct"],
  ]);
});

it("a folder is applied with all of its files, YAML and JSON, and warnings are told", async () => {
  await file("all/a.yaml", "name: a\ntrigger: {}\nactions: [{ type: do-nothing }]\n");
  await file(
    "all/more/b.json",
    JSON.stringify([{ name: "b", trigger: { expect: ["x"] }, actions: [{ type: "do-nothing" }] }]),
  );
  await file("all/notes.txt", "not a document");
  const { code, out, err } = await automation("apply", "-f", "all");
  expect({ code, out }).toEqual({ code: 0, out: "a: created\nb: created\n" });
  expect(err).toContain("all/a.yaml:2");
});

it("where one file cannot be read, nothing is applied", async () => {
  const good = await file(
    "good.yaml",
    "name: good\ntrigger: { expect: [x] }\nactions: [{ type: do-nothing }]\n",
  );
  const broken = await file("broken.yaml", "name: [\n");
  for (const [bad, says] of [
    [broken, "broken.yaml cannot be read: "],
    ["missing.yaml", "missing.yaml cannot be read: there is no such file"],
    [
      await file("endless.yaml", "name: c\ntrigger: &t\n  type: compound\n  triggers: [*t]\n"),
      "endless.yaml:4: *t stands inside &t, which it means: it has no end",
    ],
    [await file("empty.yaml", "# nothing\n"), "empty.yaml holds no automation"],
    [await file("notes.txt", "x"), "notes.txt is no .yaml, .yml or .json file"],
    [await file("extra.yaml", "automations: []\nother: 1\n"), 'there is no "other"'],
  ] as const) {
    const { code, out, err } = await automation("apply", "-f", good, "-f", bad);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(says);
  }
  expect((await automation("ls")).out).toContain("There are no automations yet");
});

it("what inspect shows is what apply takes, as YAML and as JSON", async () => {
  await create("shown");
  for (const format of ["yaml", "json"]) {
    const shown = await automation("inspect", "shown", "-o", format);
    expect(shown.code).toBe(0);
    await file(`shown.${format}`, shown.out);
    expect((await automation("apply", "-f", `shown.${format}`)).out).toBe("shown: unchanged\n");
  }
});

it("all are listed: for people in words, for programs whole", async () => {
  const { id } = await create("listed", { description: "What it is for" });
  await (await create("paused 暂停")).disable();
  const { out } = await automation("ls");
  const [titles = "", ...rows] = out.trimEnd().split("\n");
  expect(titles.split(/ {2,}/)).toEqual(["NAME", "ENABLED", "DESCRIPTION", "TRIGGER", "ACTIONS", "ID"]);
  expect(rows[0]).toMatch(
    new RegExp(`^listed +yes +What it is for +when order\\.paid happens +do nothing +${id}$`),
  );
  expect(rows[1]).toMatch(/^paused 暂停 +no /);
  expect(JSON.parse((await automation("ls", "--name", "listed", "-o", "json")).out)).toMatchObject([
    { id, name: "listed", trigger: { expect: ["order.paid"] } },
  ]);
  expect((await automation("ls", "--name", "nothing of it")).out).toBe("There is no such automation.\n");
});

it("a deployment is listed by its name", async () => {
  const { registerDeployment } = await getClient().request<{
    registerDeployment: { deployment: { id: string } };
  }>(
    `mutation { registerDeployment(deployment: { flowName: "orders", name: "main" }) {
      ... on RegisteredDeployment { deployment { id } } } }`,
  );
  const trigger = { type: "event", expect: ["order.paid"] } as const;
  await new Automation({
    name: "runs",
    trigger: { ...trigger, expect: ["order.paid"] },
    actions: [{ type: "run-deployment", deploymentId: registerDeployment.deployment.id }],
  }).create();
  expect((await automation("ls")).out).toContain("run deployment orders/main");
});

it("a block is listed by its name", async () => {
  const { saveBlock } = await getClient().request<{ saveBlock: { id: string } }>(
    `mutation { saveBlock(type: "webhook", name: "listed", data: { url: "https://example.com" }) { ... on Block { id } } }`,
  );
  await new Automation({
    name: "calls",
    trigger: { type: "event", expect: ["order.paid"] },
    actions: [{ type: "call-webhook", blockDocumentId: saveBlock.id }],
  }).create();
  expect((await automation("ls")).out).toContain("call webhook webhook/listed");
});

it("an automation is paused, resumed and deleted by its name or its id", async () => {
  const { id } = await create("switched");
  expect((await automation("pause", "switched")).out).toBe("switched is paused.\n");
  expect((await Automation.read({ name: "switched" })).enabled).toBe(false);
  expect((await automation("disable", "switched")).out).toBe("switched is paused already.\n");
  expect((await automation("resume", "--id", id ?? "")).out).toBe("switched watches again, from now on.\n");
  expect((await automation("delete", "switched")).out).toBe(`Deleted switched (${id}).\n`);
  const again = await automation("delete", "switched");
  expect(again).toMatchObject({ code: 1, out: "" });
  expect(again.err).toContain('there is no automation of the name "switched"');
});

it("resuming what would start itself for ever is refused, with the reason", async () => {
  await new Automation({
    name: "loop",
    enabled: false,
    trigger: { type: "event", expect: ["prefect.flow-run.Running"] },
    actions: [{ type: "run-deployment", source: "inferred" }],
  }).create();
  const { code, err } = await automation("resume", "loop");
  expect(code).toBe(1);
  expect(err).toMatch(/^antiphon: loop stays paused: /);
});

it("actions 86: a name that several owners have is refused with their ids", async () => {
  const ids = [];
  for (const ownerResource of ["team.red", "team.blue"])
    ids.push((await create("shared", { ownerResource })).id);
  const { code, err } = await automation("delete", "shared");
  expect(code).toBe(1);
  for (const id of ids) expect(err).toContain(id);
  expect((await automation("delete", "--id", ids[0] ?? "")).code).toBe(0);
  expect((await automation("delete", "shared")).code).toBe(0);
});

it("what is asked for wrongly is said, with what would be right", async () => {
  for (const [args, says] of [
    [["inspect"], "name the automation, or give its --id"],
    [["inspect", "a", "--id", "b"], "not both"],
    [["lss"], "(Did you mean ls?)"],
    [["ls", "-o", "xml"], "Allowed choices are json, yaml"],
    [["apply"], "required option '-f, --file <path...>' not specified"],
  ] as const) {
    const { code, err } = await automation(...args);
    expect(code).toBe(2);
    expect(err).toContain(says);
  }
});

it("the address is told by an option, and what is wrong with it is said", async () => {
  await create("there");
  const origin = new URL("/", antiphon.url).href;
  const given = process.env.ANTIPHON_API_URL;
  process.env.ANTIPHON_API_URL = "http://127.0.0.1:2/graphql";
  try {
    expect((await automation("ls", "--api-url", origin)).out).toContain("there");
    expect((await automation("ls")).err).toContain(
      "there is no Antiphon at http://127.0.0.1:2/graphql (ECONNREFUSED)",
    );
    expect((await automation("ls", "--api-url", "localhost:4200")).err).toContain("is no address of an API");
    expect((await automation("ls", "--api-url", `${origin}healthz`)).err).toContain(
      "is this the address of the API?",
    );
  } finally {
    process.env.ANTIPHON_API_URL = given;
  }
});
