import { beforeEach, describe, expect, it } from "vitest";
import { getClient } from "../../../sdk/index.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { DeployFolder } from "../support/deploy-folder.ts";
import { deleteDeployments, deployed, file, flows, triggersOf } from "../support/deployed.ts";

useAntiphon();
beforeEach(deleteDeployments);

describe("actions 82: what is filled in at deploy time", () => {
  it("applies to every field but a trigger's parameters and job variables, and there where it is marked", async () => {
    await getClient().request(`mutation { setVariable(name: "resource", value: "order.*") { __typename } }`);
    await getClient().request(`mutation { setVariable(name: "many", value: { of: [2, 3] }) { __typename } }`);
    process.env.ENABLED_OF_TEST = "false";
    process.env.SECONDS_OF_TEST = "30";
    process.env.ONE_OF_TEST = "1";
    const project = new DeployFolder({
      "flows.ts": flows,
      "antiphon.yaml": file(`    tags: ["{{ $SECONDS_OF_TEST }}", "all {{ prefect.variables.resource }}"]
    parameters: { filled: "{{ $SECONDS_OF_TEST }} s", many: "\${{ antiphon.variables.many }}", verbatim: "{{ event.id }}" }
    triggers:
      - enabled: "{{ $ENABLED_OF_TEST }}"
        match: { prefect.resource.id: "{{ antiphon.variables.resource }}" }
        expect: [a]
        threshold: "{{ antiphon.variables.many.of.1 }}"
        within: "{{ $SECONDS_OF_TEST }}"
        parameters: { x: "{{ event.id }}", y: "\${{ $SECONDS_OF_TEST }} s of {{ event.event }}", z: "{{ prefect.variables.resource }}" }
      - { type: compound, require: "{{ $ONE_OF_TEST }}", triggers: [{ expect: [b] }, { expect: ["{{ $ONE_OF_TEST }}"] }] }
`),
    });
    const { code, err } = await project.antiphon("deploy");
    // What is not marked is a template of the trigger's own.
    expect({ code, err }).toMatchObject({
      code: 0,
      err: expect.stringMatching(/parameters\.z reads "prefect"/),
    });
    expect(await deployed("other/d")).toMatchObject({
      tags: ["30", "all order.*"],
      parameters: { filled: "30 s", many: { of: [2, 3] }, verbatim: "{{ event.id }}" },
    });
    const [trigger, compound] = await triggersOf("other/d");
    expect(compound?.document).toMatchObject({
      trigger: { require: 1, triggers: [{ expect: ["b"] }, { expect: ["1"] }] },
    });
    expect(trigger).toMatchObject({
      enabled: false,
      document: {
        trigger: { match: { "prefect.resource.id": "order.*" }, threshold: 3, within: 30 },
        actions: [
          {
            parameters: {
              x: "{{ event.id }}",
              y: "30 s of {{ event.event }}",
              z: "{{ prefect.variables.resource }}",
            },
          },
        ],
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
