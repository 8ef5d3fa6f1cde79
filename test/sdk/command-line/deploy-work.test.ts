import { beforeEach, describe, expect, it } from "vitest";
import { getClient } from "../../../sdk/index.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { DeployFolder } from "../support/deploy-folder.ts";
import { deleteDeployments, deployed, file, flows, triggersOf } from "../support/deployed.ts";

useAntiphon();
beforeEach(deleteDeployments);

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
      jobVariables: { env: { A: process.env.HOME }, working_dir: "/srv" },
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
