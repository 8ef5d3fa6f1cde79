import { beforeEach, describe, expect, it } from "vitest";
import { getClient } from "../../../sdk/index.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { DeployFolder } from "../support/deploy-folder.ts";
import { deleteDeployments, deployed, file, flows } from "../support/deployed.ts";

useAntiphon();
beforeEach(deleteDeployments);

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

  it.each(["--file", "--prefect-file"])("%s names another file", async (option) => {
    const project = new DeployFolder({ "antiphon.yaml": file(""), "other.yaml": guide, "flows.ts": flows });
    const missing = await project.antiphon("deploy", option, "nowhere.yaml");
    expect(missing).toMatchObject({ code: 1, out: "" });
    expect(missing.err).toContain("nowhere.yaml cannot be read: there is no such file");
    const done = await project.antiphon("deploy", option, "other.yaml");
    expect(done.out).toContain("deploy-build-names: created");
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

  it.each([
    ["a pool that is not there", "    work_pool: { name: nowhere }\n", /there is no work pool "nowhere"/],
    ["a schedule that never comes", "    schedules: [{ cron: '0 0 30 2 *' }]\n", /schedules/],
    [
      "parameters of a schedule that break the schema",
      "    entrypoint: flows.ts:buildNames\n    schedules: [{ interval: 3600, parameters: { num: many } }]\n",
      /parameters\.num/,
    ],
    [
      "a template that is none",
      "    triggers: [{ expect: [a], parameters: { num: '{{ event | uper }}' } }]\n",
      /uper/,
    ],
  ])("a dry run refuses %s, as deploying does", async (_, more, says) => {
    const text = more.includes("entrypoint") ? file(more).replace("    flow_name: other\n", "") : file(more);
    const project = new DeployFolder({ "antiphon.yaml": text, "flows.ts": flows });
    const dry = await project.antiphon("deploy", "--dry-run");
    const real = await project.antiphon("deploy");
    expect(dry).toMatchObject({ code: 1, err: real.err });
    expect(dry.err).toMatch(/^\S+: refused\n {2}\S*antiphon.yaml:\d+: /);
    expect(dry.err).toMatch(says);
  });

  it("a dry run looks at automations with those that it would deploy, and refuses what the server would", async () => {
    const automations = `automations:
  - name: fine
    trigger: { expect: [a] }
    actions: [{ type: run-deployment, deployment: other/d }]
  - name: wrong
    trigger: { expect: [a] }
    actions: [{ type: run-deployment, deployment: other/d, parameters: { a: "{{ event | uper }}" } }]
`;
    const project = new DeployFolder({ "antiphon.yaml": `${file("")}${automations}`, "flows.ts": flows });
    const { code, err } = await project.antiphon("deploy", "--dry-run");
    expect(code).toBe(1);
    expect(err).toMatch(/^wrong: refused\n {2}\S*antiphon.yaml:\d+: .*uper.*\n$/);
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
