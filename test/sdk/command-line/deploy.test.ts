import { beforeEach, describe, expect, it } from "vitest";
import { getClient } from "../../../sdk/index.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { DeployFolder } from "../support/deploy-folder.ts";

useAntiphon();

const flows = `
import { flow } from "antiphon";
import { z } from "zod";
export const buildNames = flow(
  { name: "build-names", description: "Builds names", version: "7", parameters: z.object({ num: z.int().default(10) }) },
  ({ num }) => num,
);
export const other = flow("other", () => undefined);
export const notAFlow = 1;
`;

interface Owned {
  name: string;
  enabled: boolean;
  ownerResource: string | null;
  document: { trigger: Record<string, unknown>; actions: Record<string, unknown>[] };
}
interface Deployed {
  id: string;
  fullName: string;
  description: string | null;
  version: string | null;
  tags: string[];
  parameters: unknown;
  parameterSchema: unknown;
  enforceParameterSchema: boolean;
  paused: boolean;
  entrypoint: string | null;
  path: string | null;
  concurrencyLimit: number | null;
  collisionStrategy: string;
  automations: (Owned & { id: string })[];
}

async function deployed(fullName: string): Promise<Deployed | null> {
  const { deployment } = await getClient().request<{ deployment: Deployed | null }>(
    `query ($name: String!) { deployment(name: $name) {
      id fullName description version tags parameters parameterSchema enforceParameterSchema paused entrypoint path
      concurrencyLimit collisionStrategy automations { id name enabled ownerResource document } } }`,
    { name: fullName },
  );
  return deployment;
}

/** The triggers of a deployment: the automations that it owns. */
async function triggersOf(fullName: string) {
  const found = await deployed(fullName);
  return (found?.automations ?? []).filter(({ ownerResource }) => ownerResource !== null);
}

beforeEach(async () => {
  const { deployments } = await getClient().request<{ deployments: { id: string }[] }>(
    "{ deployments { id } }",
  );
  for (const { id } of deployments)
    await getClient().request("mutation ($id: ID!) { deleteDeployment(id: $id) }", { id });
});

/** One deployment of the file, with more of what it says. */
function file(more = "", whole = ""): string {
  return `${whole}deployments:\n  - name: d\n    flow_name: other\n${more}`;
}

const guide = `# the file of the guide
name: automations-guide
prefect-version: 3.0.0
build: null
push: null
pull:
- prefect.deployments.steps.set_working_directory:
    directory: /srv/automations-guide
deployments:
- name: deploy-build-names
  version: null
  tags: []
  description: null
  entrypoint: flows.ts:buildNames
  parameters: {}
  schedule: null
`;

describe("actions 4.4: the deployment file", () => {
  it("the guide's prefect.yaml is deployed, once created and then unchanged, by its flow's own words", async () => {
    const project = new DeployFolder({ "prefect.yaml": guide, "flows.ts": flows });
    const first = await project.antiphon("deploy");
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toMatch(/^build-names\/deploy-build-names: created \([0-9a-f-]{36}\)\n$/);
    expect(await deployed("build-names/deploy-build-names")).toMatchObject({
      description: "Builds names",
      version: "7",
      tags: [],
      parameterSchema: { properties: { num: { default: 10 } } },
      enforceParameterSchema: true,
      entrypoint: "flows.ts:buildNames",
      path: "/srv/automations-guide",
    });
    const again = await project.antiphon("deploy");
    expect(again.out).toMatch(/^build-names\/deploy-build-names: unchanged \(/);
  });

  it("every key is taken, and antiphon.yaml goes before prefect.yaml", async () => {
    const project = new DeployFolder({
      "prefect.yaml": guide,
      "antiphon.yaml": `
deployments:
  - name: all
    description: All that can be said
    version: "2.0"
    tags: [one, two]
    entrypoint: flows.ts:buildNames
    flow_name: build-names
    parameters: { num: 3 }
    enforce_parameter_schema: false
    concurrency_limit: { limit: 2, collision_strategy: CANCEL_NEW }
    paused: true
    pull: [{ set_working_directory: { directory: here } }]
    triggers: [{ name: paid, expect: [order.paid] }]
`,
      "flows.ts": flows,
    });
    expect(await project.antiphon("deploy")).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringMatching(/^build-names\/all: created \(.*\)\n {2}triggers: 1 created \(paid\)\n$/),
    });
    expect(await deployed("build-names/all")).toMatchObject({
      description: "All that can be said",
      version: "2.0",
      tags: ["one", "two"],
      parameters: { num: 3 },
      enforceParameterSchema: false,
      concurrencyLimit: 2,
      collisionStrategy: "CANCEL_NEW",
      paused: true,
      path: `${project.folder}/here`,
      automations: [{ name: "paid", enabled: true }],
    });
    expect(await deployed("build-names/deploy-build-names")).toBeNull();
  });

  it("all problems are told at once, with file, path, line and the nearest name, and nothing is deployed", async () => {
    const project = new DeployFolder({ "flows.ts": flows });
    project.write({
      "antiphon.yaml": file(`    tag: [a]
    concurrency_limit: 0
    work_pool:
      pool: x
    triggers:
      - matches: { a: b }
      - posture: Proactive
        within: 5
  - entrypoint: flows.ts
build:
  - prefect_docker.deployments.steps.build_docker_image: { image: x }
pull:
  - prefect.deployments.steps.git_clone: { repository: x }
`),
    });
    const { code, out, err } = await project.antiphon("deploy", "--all");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    const lines = err.trimEnd().split("\n");
    expect(lines[0]).toBe("antiphon: nothing is deployed, there are 9 problems:");
    for (const [at, says] of [
      [4, /deployments\[0\]\.tag is no field of a deployment; did you mean "tags"\?/],
      [5, /deployments\[0\]\.concurrency_limit must be a whole number of 1 or more; it is the number 0/],
      [7, /deployments\[0\]\.work_pool\.pool is no field of a work pool/],
      [9, /deployments\[0\]\.triggers\[0\]\.matches .*"match"/],
      [11, /deployments\[0\]\.triggers\[1\]\.within must be at least 10/],
      [12, /deployments\[1\]\.name is required/],
      [12, /deployments\[1\]\.entrypoint must be <file>:<export of the flow>/],
      [14, /build is done elsewhere: prefect_docker\.deployments\.steps\.build_docker_image is not known/],
      [16, /git_clone"?\]? is no step that is known here; there is set_working_directory/],
    ] as const)
      expect(
        lines.find((line) => line.startsWith(`  antiphon.yaml:${at}: `) && says.test(line)),
        String(says),
      ).toBeDefined();
    expect(await deployed("other/d")).toBeNull();
  });

  it("a key of the whole file that is not known warns, and nothing else", async () => {
    const project = new DeployFolder({ "flows.ts": flows, "antiphon.yaml": `deploymets: []\n${file()}` });
    const { code, err } = await project.antiphon("deploy");
    expect({ code, err }).toEqual({
      code: 0,
      err: 'warning: antiphon.yaml:1: "deploymets" is not known here and says nothing; did you mean "deployments"?\n',
    });
  });

  it("a Python entry point is refused with a hint", async () => {
    const text = guide.replace("flows.ts:buildNames", "test-automations.py:build_names");
    const { code, err } = await new DeployFolder({ "prefect.yaml": text }).antiphon("deploy");
    expect(code).toBe(1);
    expect(err).toMatch(/prefect\.yaml:\d+: .*which is Python: .*"test-automations\.ts:build_names"/);
  });

  it("several deployments are chosen by name, by pattern or all; without a choice they are told", async () => {
    const two = file("  - name: nightly-a\n    flow_name: x\n  - name: nightly-b\n    flow_name: x\n");
    const project = new DeployFolder({ "antiphon.yaml": two, "flows.ts": flows });
    const unsaid = await project.antiphon("deploy");
    expect(unsaid.code).toBe(2);
    expect(unsaid.err).toContain(
      "has 3 deployments (d, nightly-a, nightly-b): say which with -n NAME, or --all",
    );
    const unknown = await project.antiphon("deploy", "-n", "nightly");
    expect(unknown).toMatchObject({ code: 1, out: "" });
    expect(unknown.err).toContain('did you mean "nightly-a"?');
    const some = await project.antiphon("deploy", "-n", "nightly-*");
    expect(some.out).toMatch(/^x\/nightly-a: created .*\nx\/nightly-b: created .*\n$/);
    const all = await project.antiphon("deploy", "--all", "--json");
    expect(JSON.parse(all.out)).toMatchObject({
      deployments: [
        { deployment: "other/d", outcome: "created", triggers: { created: [] }, issues: [] },
        { deployment: "x/nightly-a", outcome: "unchanged" },
        { deployment: "x/nightly-b", outcome: "unchanged" },
      ],
      automations: [],
    });
  });

  it("what the server refuses is told with its line, and the others are deployed", async () => {
    const project = new DeployFolder({
      "antiphon.yaml": file(`    work_pool: { name: nowhere }
  - name: e
    flow_name: other
  - name: f
    flow_name: other
    triggers:
      - expect: [a]
        parameters:
          x: "{{ event.id"
`),
    });
    const { code, out, err } = await project.antiphon("deploy", "--all");
    expect(code).toBe(1);
    expect(out).toMatch(/^other\/e: created [^\n]*\n$/);
    expect(err).toMatch(/^other\/d: refused\n {2}antiphon\.yaml:4: .*nowhere.*\n/);
    expect(err).toMatch(/\nother\/f: refused\n {2}antiphon\.yaml:12: triggers\[0\]\.parameters\.x/);
  });

  it("two deployments of one name and one flow are refused, and a flow_name that is another", async () => {
    const twice = `  - name: d
    flow_name: other
  - name: e
    flow_name: others
    entrypoint: flows.js:other
`;
    const project = new DeployFolder({ "antiphon.yaml": file(twice), "flows.js": flows });
    const { code, err } = await project.antiphon("deploy", "--all");
    expect(code).toBe(1);
    expect(err).toContain("antiphon.yaml:4: other/d is given twice");
    expect(err).toContain(
      'antiphon.yaml:7: flow_name is "others", but the flow of flows.js:other is called "other"',
    );
  });

  it("an entry point that cannot be found or loaded says why", async () => {
    const project = new DeployFolder({ "flows.ts": flows, "broken.ts": "throw new Error('no such luck');" });
    for (const [entrypoint, says] of [
      ["flows.ts:notAFlow", "has no flow notAFlow; it has buildNames, other, build-names"],
      ["missing.ts:flow", "there is no file"],
      ["broken.ts:flow", "no such luck"],
    ]) {
      project.write({ "antiphon.yaml": file().replace("flow_name: other", `entrypoint: ${entrypoint}`) });
      const { code, out, err } = await project.antiphon("deploy");
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).toMatch(/^antiphon: antiphon\.yaml:3: /);
      expect(err).toContain(says);
    }
  });

  it("a module that serves as soon as it is loaded is told so, and serves nothing", async () => {
    const serving = `${flows}\nawait other.serve();\n`;
    const project = new DeployFolder({
      "flows.js": serving,
      "antiphon.yaml": file("    entrypoint: flows.js:other\n"),
    });
    const { code, err } = await project.antiphon("deploy");
    expect(code).toBe(1);
    expect(err).toContain("serves as soon as it is loaded");
    expect(await deployed("other/other")).toBeNull();
  });

  it("without a file everything is said by options, whose --version is the deployment's", async () => {
    const project = new DeployFolder({ "flows.ts": flows });
    const nothing = await project.antiphon("deploy");
    expect(nothing.err).toContain("there is no antiphon.yaml and no prefect.yaml here");
    const { code, out } = await project.antiphon(
      ...["deploy", "flows.ts:buildNames", "-n", "typed", "--param", "num=4", "--param", "who=Ada"],
      ...[
        "--tag",
        "a",
        "--tag",
        "b",
        "--version",
        "9",
        "--description",
        "By hand",
        "--concurrency-limit",
        "3",
      ],
    );
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^build-names\/typed: created/) });
    expect(await deployed("build-names/typed")).toMatchObject({
      parameters: { num: 4, who: "Ada" },
      tags: ["a", "b"],
      version: "9",
      description: "By hand",
      concurrencyLimit: 3,
      path: project.folder,
    });
  });

  it("options go before the file; parameters are laid over it", async () => {
    const text = file("    tags: [file]\n    description: '{{ $UNSET }}'\n    parameters: { a: 1, b: 2 }\n");
    const project = new DeployFolder({ "antiphon.yaml": text, "flows.ts": flows });
    const { code } = await project.antiphon(
      "deploy",
      "--tag",
      "typed",
      "--description",
      "x",
      "--param",
      "b=3",
    );
    expect(code).toBe(0);
    expect(await deployed("other/d")).toMatchObject({
      tags: ["typed"],
      description: "x",
      parameters: { a: 1, b: 3 },
    });
  });

  it("a dry run shows all of it, filled in, and registers nothing", async () => {
    const project = new DeployFolder({
      "antiphon.yaml": file("    tags: ['{{ $HOME }}']\n"),
      "flows.ts": flows,
    });
    const { code, out } = await project.antiphon("deploy", "--dry-run", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      deployments: [{ flowName: "other", name: "d", tags: [process.env.HOME] }],
    });
    expect(await deployed("other/d")).toBeNull();
  });

  it("what an operator has paused stays paused where the file does not say", async () => {
    const project = new DeployFolder({
      "antiphon.yaml": file("    triggers: [{ expect: [a] }]\n"),
      "flows.ts": flows,
    });
    await project.antiphon("deploy");
    const { id = "", automations = [] } = (await deployed("other/d")) ?? {};
    await getClient().request(
      "mutation ($id: ID!) { setDeploymentPaused(id: $id, paused: true) { __typename } }",
      { id },
    );
    await getClient().request(
      "mutation ($id: ID!) { setAutomationEnabled(id: $id, enabled: false) { __typename } }",
      {
        id: automations[0]?.id,
      },
    );
    expect((await project.antiphon("deploy")).out).toMatch(
      /^other\/d: unchanged .*\n.* 1 unchanged \(d__automation_1\)\n$/,
    );
    expect(await deployed("other/d")).toMatchObject({ paused: true, automations: [{ enabled: false }] });
  });
});

describe("inputs 6.1: the work pool of a deployment", () => {
  it("is named by the file or by options, with its queue and job variables, of which triggers may have their own", async () => {
    await getClient().request(`mutation { createWorkPool(pool: { name: "local" }) { __typename } }`);
    const project = new DeployFolder({
      "antiphon.yaml": file(
        `    work_pool: { name: local, work_queue_name: null, job_variables: { env: { A: "{{ $HOME }}" } } }
    triggers: [{ expect: [a], job_variables: { env: { B: "{{ event.id }}" } } }]
`,
        `automations:
  - name: rest
    trigger: { expect: [too.much] }
    actions: [{ type: pause-work-pool, work_pool: local }, { type: pause-work-queue, work_queue: local/default }]
`,
      ),
    });
    const { code, err } = await project.antiphon("deploy", "--job-variable", "working_dir=/srv");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const { deployment, rest } = await getClient().request<Record<string, Record<string, unknown>>>(
      `{ deployment(name: "other/d") { workPool { id } workQueue { id name } jobVariables }
        rest: automation(name: "rest") { document } }`,
    );
    expect(deployment).toMatchObject({
      workQueue: { name: "default" },
      jobVariables: { env: { A: "{{ $HOME }}" }, working_dir: "/srv" },
    });
    expect(rest?.document).toMatchObject({
      actions: [
        { work_pool_id: Object(deployment?.workPool).id },
        { work_queue_id: Object(deployment?.workQueue).id },
      ],
    });
    const [trigger] = await triggersOf("other/d");
    expect(trigger?.document.actions[0]).toMatchObject({ job_variables: { env: { B: "{{ event.id }}" } } });
    const elsewhere = await project.antiphon("deploy", "-n", "d", "--pool", "locall");
    expect(elsewhere).toMatchObject({ code: 1, out: "" });
    expect(elsewhere.err).toContain("locall");
  });
});

describe("inputs 6.2: schedules of the file", () => {
  it("are created, kept, changed and removed, and the deploy says which", async () => {
    const two = `    schedules:
      - { cron: "0 9 * * *", timezone: Europe/Berlin }
      - { interval: 3600, parameters: { a: 1 } }
`;
    const project = new DeployFolder({ "antiphon.yaml": file(two) });
    expect((await project.antiphon("deploy")).out).toContain(
      "  schedules: 2 created (cron 0 9 * * * (Europe/Berlin), every 3600 s (UTC))\n",
    );
    expect((await project.antiphon("deploy")).out).toMatch(/: unchanged .*\n {2}schedules: 2 unchanged/);
    project.write({
      "antiphon.yaml": file("    schedule: { cron: '0 9 * * *', timezone: Europe/Berlin }\n"),
    });
    expect((await project.antiphon("deploy")).out).toMatch(
      /: updated .*\n {2}schedules: 1 unchanged \(cron .*\), 1 removed \(every 3600 s \(UTC\)\)/,
    );
    const typed = await project.antiphon("deploy", "--interval", "PT30M", "--rrule", "FREQ=DAILY");
    expect(typed.out).toMatch(/schedules: \d created \(.*rrule FREQ=DAILY \(UTC\)\)/);
    project.write({ "antiphon.yaml": file("    schedules: []\n") });
    expect((await project.antiphon("deploy")).out).toContain("schedules: 2 removed");
  });

  it("what is wrong with one is told with its line", async () => {
    const wrong = "    schedules:\n      - cron: every day\n      - intervall: 5\n";
    const project = new DeployFolder({ "antiphon.yaml": file(wrong) });
    const { code, err } = await project.antiphon("deploy");
    expect(code).toBe(1);
    expect(err).toMatch(/antiphon\.yaml:6: deployments\[0\]\.schedules\[1\]\.intervall .*"interval"/);
    project.write({ "antiphon.yaml": file("    schedules:\n      - cron: every day\n") });
    expect((await project.antiphon("deploy")).err).toMatch(/antiphon\.yaml:5: schedules\[0\]\.cron/);
    expect(await deployed("other/d")).toBeNull();
  });
});

describe("actions 4.2 and 4.3: triggers of the file", () => {
  const three = `    triggers:
      - expect: [a]
      - expect: [b]
        name: second
      - expect: [c]
`;

  it("actions 79: the same list keeps its ids, one fewer removes one, none removes all", async () => {
    const project = new DeployFolder({ "antiphon.yaml": file(three), "flows.ts": flows });
    expect((await project.antiphon("deploy")).out).toContain(
      "triggers: 3 created (d__automation_1, second, d__automation_3)",
    );
    const before = await triggersOf("other/d");
    expect((await project.antiphon("deploy")).out).toContain("triggers: 3 unchanged");
    expect(await triggersOf("other/d")).toEqual(before);
    project.write({ "antiphon.yaml": file(three.replace("      - expect: [c]\n", "")) });
    expect((await project.antiphon("deploy")).out).toContain(
      "triggers: 2 unchanged (d__automation_1, second), 1 removed (d__automation_3)",
    );
    project.write({ "antiphon.yaml": file("    triggers: null\n") });
    expect((await project.antiphon("deploy")).out).toContain("2 removed");
    expect(await triggersOf("other/d")).toEqual([]);
  });

  it("actions 80: --trigger, given twice, goes before the triggers of the file and keeps its order", async () => {
    const project = new DeployFolder({
      "antiphon.yaml": file(three),
      "flows.ts": flows,
      "triggers.yaml": `triggers:
  - enabled: true
    match: { prefect.resource.id: my.external.resource }
    expect: [external.resource.pinged]
    parameters: { param_1: "{{ event }}" }
  - enabled: true
    match: { prefect.resource.id: my.other.external.resource }
    expect: [some.other.event]
    parameters: { param_1: "{{ event }}" }
`,
    });
    const json = `{ "enabled": true, "match": { "prefect.resource.id": "prefect.flow-run.*" }, "expect": ["prefect.flow-run.Completed"] }`;
    const { code, out } = await project.antiphon(
      "deploy",
      "-n",
      "d",
      "--trigger",
      "triggers.yaml",
      "--trigger",
      json,
    );
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining("3 created (d__automation_1, d__automation_2, d__automation_3)"),
    });
    const found = await triggersOf("other/d");
    expect(found.map(({ document }) => document.trigger.expect)).toEqual([
      ["external.resource.pinged"],
      ["some.other.event"],
      ["prefect.flow-run.Completed"],
    ]);
    expect(found[0]?.document.actions[0]?.parameters).toEqual({ param_1: "{{ event }}" });
    expect((await project.antiphon("deploy", "--no-triggers")).out).toContain("3 removed");
    const both = await project.antiphon("deploy", "--no-triggers", "--trigger", json);
    expect(both).toMatchObject({ code: 2, out: "" });
  });

  it("the guide's JSON file of triggers, in a folder, is taken likewise", async () => {
    const project = new DeployFolder({
      "antiphon.yaml": file(),
      "flows.ts": flows,
      "my_stuff/triggers.json": JSON.stringify({ triggers: [{ expect: ["x"] }] }),
    });
    const { out } = await project.antiphon("deploy", "-n", "d", "--trigger", "my_stuff/triggers.json");
    expect(out).toContain("triggers: 1 created (d__automation_1)");
  });

  it("actions 81: a --trigger that cannot be read deploys nothing", async () => {
    const project = new DeployFolder({
      "antiphon.yaml": file(three),
      "flows.ts": flows,
      "bad.json": "{",
      "none.yaml": "trigger: []\n",
    });
    for (const bad of ["bad.json", "none.yaml", "missing.yml", "{", "3"]) {
      const { code, out, err } = await project.antiphon("deploy", "--trigger", bad);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).toContain(`Failed to parse trigger: ${bad}. Error: `);
    }
    const wrong = await project.antiphon("deploy", "--trigger", `{ "matches": {} }`);
    expect(wrong).toMatchObject({ code: 1, out: "" });
    expect(wrong.err).toMatch(/^antiphon: --trigger: trigger\[0\]\.matches .*"match"/);
    expect(await deployed("other/d")).toBeNull();
  });

  it("triggers of the whole file are named by deployments; one that is wrong is told where it stands", async () => {
    const whole = `triggers:
  paid:
    expect: [order.paid]
    parameters: { id: "{{ event.resource.id }}" }
  late: { posture: Proactive, within: "{{ $SECONDS_OF_TEST }}" }
`;
    const text = file(
      "    triggers: [paid, { expect: [x] }]\n  - name: e\n    flow_name: f\n    triggers: [paid]\n",
      whole,
    );
    const project = new DeployFolder({ "antiphon.yaml": text, "flows.ts": flows });
    const { code, out } = await project.antiphon("deploy", "--all");
    expect(code).toBe(0);
    expect(out).toMatch(
      /other\/d: .*\n.*2 created \(paid, d__automation_2\)\nf\/e: .*\n.*1 created \(paid\)\n$/,
    );
    project.write({ "antiphon.yaml": text.replace("[paid]", "[payed]") });
    expect((await project.antiphon("deploy", "--all")).err).toMatch(
      /antiphon\.yaml:12: deployments\[1\]\.triggers\[0\] names no trigger of the file: "payed"; did you mean "paid"\?/,
    );
    project.write({ "antiphon.yaml": text.replace("expect: [order", "expects: [order") });
    const wrong = await project.antiphon("deploy", "--all");
    expect(wrong.err).toMatch(/^antiphon: antiphon\.yaml:3: triggers\.paid\.expects .*"expect"/);
  });
});

describe("actions 82: what is filled in at deploy time", () => {
  it("applies to every field but parameters and job variables, and there where it is marked", async () => {
    await getClient().request(`mutation { setVariable(name: "resource", value: "order.*") { __typename } }`);
    await getClient().request(`mutation { setVariable(name: "many", value: { of: [2, 3] }) { __typename } }`);
    process.env.ENABLED_OF_TEST = "false";
    process.env.SECONDS_OF_TEST = "30";
    const project = new DeployFolder({
      "flows.ts": flows,
      "antiphon.yaml": file(`    tags: ["{{ $SECONDS_OF_TEST }}", "all {{ prefect.variables.resource }}"]
    parameters: { verbatim: "{{ $HOME }}", filled: "\${{ antiphon.variables.many }}" }
    triggers:
      - enabled: "{{ $ENABLED_OF_TEST }}"
        match: { prefect.resource.id: "{{ antiphon.variables.resource }}" }
        expect: [a]
        threshold: "{{ antiphon.variables.many.of.1 }}"
        within: "{{ $SECONDS_OF_TEST }}"
        parameters: { x: "{{ event.id }}", y: "\${{ $SECONDS_OF_TEST }} s of {{ event.event }}" }
`),
    });
    const { code, err } = await project.antiphon("deploy");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(await deployed("other/d")).toMatchObject({
      tags: ["30", "all order.*"],
      parameters: { verbatim: "{{ $HOME }}", filled: { of: [2, 3] } },
    });
    const [trigger] = await triggersOf("other/d");
    expect(trigger).toMatchObject({
      enabled: false,
      document: {
        trigger: { match: { "prefect.resource.id": "order.*" }, threshold: 3, within: 30 },
        actions: [{ parameters: { x: "{{ event.id }}", y: "30 s of {{ event.event }}" } }],
      },
    });
  });

  it("is told with its line where there is no such value, and needs only what is deployed", async () => {
    const project = new DeployFolder({
      "flows.ts": flows,
      "antiphon.yaml": file(`    tags: ["{{ $NOT_SET_OF_TEST }}"]
    description: "{{ event.id }}"
    triggers:
      - enabled: "{{ prefect.variables.unknown }}"
  - name: e
    flow_name: f
`),
    });
    const { code, err } = await project.antiphon("deploy", "--all");
    expect(code).toBe(1);
    expect(err).toContain("there are 3 problems");
    expect(err).toContain(
      "antiphon.yaml:4: deployments[0].tags[0]: $NOT_SET_OF_TEST is not set in the environment",
    );
    expect(err).toContain(
      "antiphon.yaml:5: deployments[0].description: {{ event.id }} is not known at deploy time",
    );
    expect(err).toContain(
      'antiphon.yaml:7: deployments[0].triggers[0].enabled: there is no variable "unknown"',
    );
    expect((await project.antiphon("deploy", "-n", "e")).code).toBe(0);
  });
});

describe("actions 3.3: a secret variable at deploy time", () => {
  const setSecret = `mutation { setVariable(name: "hidden", value: { key: "s3cret" }, secret: true) { __typename } }`;

  it.each(["antiphon.variables.hidden", "prefect.variables.hidden.key"])(
    "is not filled in: {{ %s }} is refused with its line",
    async (expression) => {
      await getClient().request(setSecret);
      const project = new DeployFolder({
        "flows.ts": flows,
        "antiphon.yaml": file(`    description: "{{ ${expression} }}"\n`),
      });
      const { code, out, err } = await project.antiphon("deploy");
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).toContain(
        'antiphon.yaml:4: deployments[0].description: the variable "hidden" is secret: the server keeps it to itself',
      );
      expect(err).not.toContain("s3cret");
    },
  );
});

describe("actions 5.4: automations of the file", () => {
  const automations = `automations:
  - name: watch
    trigger: { expect: [order.paid] }
    actions:
      - { type: pause-automation, automation: later }
      - { type: run-deployment, deployment: other/d, parameters: { at: "{{ event.occurred }}" } }
      - { type: call-webhook, block: webhook/ops, payload: "{{ event.id }} of \${{ $STAGE_OF_TEST }}" }
  - name: later
    trigger: { expect: ["{{ $STAGE_OF_TEST }}.*"] }
    actions: [{ type: do-nothing }]
`;

  it("are applied with their references by name, those that are named first; unchanged again", async () => {
    process.env.STAGE_OF_TEST = "prod";
    const block = await getClient().request<{ saveBlock: { id: string } }>(
      `mutation { saveBlock(type: "webhook", name: "ops", data: { url: "https://example.com/hook" }, overwrite: true) { ... on Block { id } } }`,
    );
    const project = new DeployFolder({ "flows.ts": flows, "antiphon.yaml": file("", automations) });
    const { code, out, err } = await project.antiphon("deploy");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^other\/d: created .*\nlater: created\nwatch: created\n$/);
    const { later, watch } = await getClient().request<Record<string, { id: string; document: unknown }>>(
      `{ later: automation(name: "later") { id document } watch: automation(name: "watch") { id document } }`,
    );
    expect(later?.document).toMatchObject({ trigger: { expect: ["prod.*"] } });
    expect(watch?.document).toMatchObject({
      actions: [
        { automation_id: later?.id },
        { deployment_id: (await deployed("other/d"))?.id, parameters: { at: "{{ event.occurred }}" } },
        { block_document_id: block.saveBlock.id, payload: "{{ event.id }} of prod" },
      ],
    });
    const again = await project.antiphon("deploy");
    expect(again).toMatchObject({ code: 0, err: "" });
    expect(again.out).toMatch(/unchanged .*\nlater: unchanged\nwatch: unchanged\n$/);
    expect((await project.antiphon("deploy", "-n", "d")).out).not.toContain("watch");
  });

  it("unknown and ambiguous names are told with their places before anything is deployed", async () => {
    process.env.STAGE_OF_TEST = "prod";
    const text = automations
      .replace("automation: later", "automation: laterr")
      .replace("other/d", "twin")
      .replace("webhook/ops", "webhook/nobody");
    const project = new DeployFolder({
      "flows.ts": flows,
      "antiphon.yaml": file("  - { name: twin, flow_name: a }\n  - { name: twin, flow_name: b }\n", text),
    });
    const { code, out, err } = await project.antiphon("deploy", "--all");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(
      'antiphon.yaml:5: automations[0].actions[0].automation: there is no automation "laterr"',
    );
    expect(err).toContain(
      'antiphon.yaml:6: automations[0].actions[1].deployment: several flows have a deployment "twin": give one of a/twin, b/twin',
    );
    expect(err).toContain(
      "antiphon.yaml:7: automations[0].actions[2].block: there is no block webhook/nobody",
    );
    expect(await deployed("a/twin")).toBeNull();
  });
});
