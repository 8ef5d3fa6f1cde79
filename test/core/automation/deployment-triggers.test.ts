import { describe, expect, it } from "vitest";
import {
  deploymentTriggerDocument,
  parseDeploymentTriggers,
} from "../../../core/automation/deployment-trigger.ts";
import { ownedAutomations } from "../../../core/automation/owned-automations.ts";
import { InvalidInputError } from "../../../core/error.ts";

const deployment = { id: "00000000-0000-4000-8000-000000000007", name: "d" };

function issues(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInputError) return error.issues;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("actions 4.1: a deployment's trigger", () => {
  it("actions 75: `{}` with a name is an event trigger of any event", () => {
    expect(parseDeploymentTriggers([{ name: "n" }])).toEqual([
      {
        name: "n",
        description: "",
        enabled: undefined,
        trigger: expect.objectContaining({ type: "event", posture: "Reactive", threshold: 1, within: 0 }),
        parameters: null,
        scheduleAfter: 0,
      },
    ]);
  });

  const metric = { name: "duration", threshold: 60, operator: ">" };
  it.each([
    ["metric", "the posture is Metric", { posture: "Metric", metric }],
    ["compound", "there are triggers and require", { triggers: [{ expect: "a" }], require: "any" }],
    ["sequence", "there are triggers alone", { triggers: [{ expect: "a" }] }],
    ["event", "there is none of them", { expect: "a" }],
    ["event", "there is nothing at all", {}],
  ])("actions 77: is a %s where %s", (type, _why, given) => {
    expect(parseDeploymentTriggers([given])).toMatchObject([{ trigger: { type } }]);
  });

  it("actions 77: the members of one are told the same way", () => {
    const triggers = [{ expect: "a" }, { triggers: [{}] }, { triggers: [{}], require: 1 }];
    expect(parseDeploymentTriggers([{ triggers, require: "all" }])).toMatchObject([
      {
        trigger: {
          type: "compound",
          triggers: [{ type: "event" }, { type: "sequence" }, { type: "compound" }],
        },
      },
    ]);
  });

  it("actions 77: an explicit type wins over what the fields tell", () => {
    const refused = issues(() =>
      parseDeploymentTriggers([{ type: "event", triggers: [{ expect: "a" }], require: "any" }]),
    );
    expect(refused.map(({ path }) => path.join("."))).toEqual(["triggers.0.triggers", "triggers.0.require"]);
  });

  it("has its own fields beside those of its trigger, of any kind", () => {
    const [compound] = parseDeploymentTriggers([
      {
        require: "all",
        enabled: "false",
        parameters: { param_1: "{{ event }}" },
        schedule_after: "PT1M",
        triggers: [{ expect: ["external.resource.pinged"] }, { expect: ["external.resource.replied"] }],
      },
    ]);
    expect(compound).toMatchObject({ enabled: false, scheduleAfter: 60, trigger: { type: "compound" } });
  });

  it("has them at its top only, and no others", () => {
    const refused = issues(() =>
      parseDeploymentTriggers([
        { triggers: [{ parameters: {}, job_variables: {} }], matches: {} },
        { parameters: 1, within: -1 },
      ]),
    );
    expect(refused.map(({ path }) => path.join("."))).toEqual([
      "triggers.0.matches",
      "triggers.0.triggers.0.parameters",
      "triggers.0.triggers.0.job_variables",
      "triggers.1.within",
      "triggers.1.parameters",
    ]);
  });

  it("may be written in camelCase in code, and is told where it stands", () => {
    const given = [{ forEach: ["a"], scheduleAfter: 5, parameters: { some_key: 1 } }];
    expect(parseDeploymentTriggers(given, { dialect: "code" })).toMatchObject([
      { scheduleAfter: 5, parameters: { some_key: 1 }, trigger: { forEach: ["a"] } },
    ]);
    expect(issues(() => parseDeploymentTriggers({}, { path: ["deployment", "triggers"] }))).toMatchObject([
      { path: ["deployment", "triggers"] },
    ]);
    expect(parseDeploymentTriggers(null)).toEqual([]);
  });

  it("has a document that is read as the same", () => {
    const read = parseDeploymentTriggers([
      {},
      { name: "n", description: "x", enabled: true, expect: ["a"], parameters: { a: 1 }, schedule_after: 3 },
      { triggers: [{}] },
    ]);
    expect(parseDeploymentTriggers(read.map(deploymentTriggerDocument))).toEqual(read);
  });
});

describe("actions 4.2: the automations of a deployment's triggers", () => {
  it("actions 76, 78: run that deployment, and are named by their place where they have no name", () => {
    const triggers = parseDeploymentTriggers([
      { name: "first" },
      { triggers: [{ triggers: [{ expect: "a" }] }], parameters: { a: 1 } },
    ]);
    const [first, second] = ownedAutomations(triggers, deployment);
    expect([first?.name, second?.name]).toEqual(["first", "d__automation_2"]);
    expect(second).toMatchObject({
      trigger: { triggers: [{ triggers: [{ expect: ["a"] }] }] },
      actions: [
        {
          type: "run-deployment",
          deployment: { source: "selected", id: deployment.id },
          parameters: { a: 1 },
        },
      ],
    });
  });

  it("have names of their own, and do not loop", () => {
    const triggers = parseDeploymentTriggers([
      { name: "d__automation_2" },
      { expect: "x" },
      { expect: "prefect.flow-run.Running" },
    ]);
    expect(issues(() => ownedAutomations(triggers, deployment))).toMatchObject([
      { path: ["triggers", "1", "name"] },
      { path: ["triggers", "2"] },
    ]);
  });
});
