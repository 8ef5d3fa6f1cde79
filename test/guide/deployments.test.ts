import { beforeAll, expect, it } from "vitest";
import { patience } from "../examples/support/program.ts";
import { useServerProcess } from "../examples/support/server.ts";
import { Person } from "../sdk/support/person.ts";
import { ask, until } from "../support/wire.ts";
import { Terminal } from "./support/terminal.ts";

const server = useServerProcess();
const person = new Person(() => server.url);

beforeAll(() => {
  process.env.ANTIPHON_API_URL = server.url;
});

/** What the newest completed run of a flow was called with, once there is one more than `before`. */
async function calledWith(flowName: string, before = 0): Promise<unknown> {
  const query = `query ($flow: String!) {
    flowRuns(filter: { flowNames: [$flow], stateTypes: [COMPLETED] }) { nodes { parameters } }
  }`;
  let nodes: { parameters: unknown }[] = [];
  await until(
    `run ${before + 1} of ${flowName}`,
    async () => {
      const { data } = await ask(server.url, query, { flow: flowName });
      if (!data) throw new Error("the server did not tell the runs");
      ({ nodes } = data.flowRuns as { nodes: typeof nodes }); // what the document asks for
      return nodes.length === before + 1;
    },
    patience,
  );
  return nodes[0]?.parameters;
}

const decorated = `
import { flow } from "antiphon";
import { z } from "zod";
export const decoratedFn = flow({ name: "decorated-fn", parameters: z.object({ param_1: z.unknown() }) }, ({ param_1 }) =>
  console.log(param_1),
);
`;

it("triggers in prefect.yaml: an event hands itself over; a compound trigger waits for both events", {
  timeout: 6 * patience,
}, async () => {
  const file = (triggers: string) => `deployments:
  - name: my-deployment
    entrypoint: path/to/flow.ts:decoratedFn
    work_pool:
      name: my-work-pool
    triggers:
${triggers}`;
  const terminal = new Terminal({
    "path/to/flow.ts": decorated,
    "prefect.yaml": file(`      - type: event
        enabled: true
        match:
          prefect.resource.id: my.external.resource
        expect:
          - external.resource.pinged
        parameters:
          param_1: "{{ event }}"
`),
  });
  await terminal.works("my-work-pool");
  expect(await terminal.types("deploy")).toContain("triggers: 1 created (my-deployment__automation_1)");
  await terminal.emits("external.resource.pinged", "another.resource");
  await terminal.emits("external.resource.pinged", "my.external.resource");
  expect(await calledWith("decorated-fn")).toMatchObject({
    param_1: {
      event: "external.resource.pinged",
      resource: { "prefect.resource.id": "my.external.resource" },
    },
  });

  const member = (event: string) => `          - type: event
            match:
              prefect.resource.id: my.external.resource
            expect:
              - external.resource.${event}
`;
  terminal.write({
    "prefect.yaml": file(`      - type: compound
        require: all
        parameters:
          param_1: "{{ event }}"
        triggers:
${member("pinged")}${member("replied")}`),
  });
  expect(await terminal.types("deploy")).toContain("triggers: 1 updated (my-deployment__automation_1)");
  await terminal.emits("external.resource.replied", "my.external.resource");
  await terminal.emits("external.resource.pinged", "my.external.resource");
  expect(await calledWith("decorated-fn", 1)).toMatchObject({
    param_1: { event: "external.resource.pinged" },
  });
});

it("triggers in .deploy: a script brings its flow to a work pool with a compound trigger of its own", {
  timeout: 5 * patience,
}, async () => {
  const terminal = new Terminal({
    "deploy.ts": `${decorated.replace("decorated-fn", "deployed-fn")}
const match = { "prefect.resource.id": "my.deployed.resource" };
await decoratedFn.deploy({
  name: "my-deployment",
  image: "my-image-registry/my-image:my-tag",
  triggers: [
    {
      type: "compound",
      enabled: true,
      name: "my-compound-trigger",
      require: "all",
      triggers: [
        { type: "event", match, expect: ["external.resource.pinged"] },
        { type: "event", match, expect: ["external.resource.replied"] },
      ],
      parameters: { param_1: "{{ event }}" },
    },
  ],
  workPool: "pool-of-deploy",
});
`,
  });
  await terminal.works("pool-of-deploy");
  await terminal.runs("deploy.ts").ends();
  const shown = JSON.parse(
    await terminal.types("deployment", "inspect", "deployed-fn/my-deployment", "--json"),
  );
  expect(shown).toMatchObject({
    workPool: { name: "pool-of-deploy" },
    jobVariables: { image: "my-image-registry/my-image:my-tag" },
    automations: [{ name: "my-compound-trigger", enabled: true }],
  });
  await terminal.emits("external.resource.pinged", "my.deployed.resource");
  await terminal.emits("external.resource.replied", "my.deployed.resource");
  expect(await calledWith("deployed-fn")).toMatchObject({ param_1: { event: "external.resource.replied" } });
});

it("triggers passed to deploy, as a file of two, start the deployment", {
  timeout: 5 * patience,
}, async () => {
  const terminal = new Terminal({
    "flow.ts": decorated.replace("decorated-fn", "test-flow"),
    "antiphon.yaml": `deployments:
  - name: test-deployment
    entrypoint: flow.ts:decoratedFn
    work_pool: { name: pool-of-options }
    triggers: [{ expect: [never.used] }]
`,
    "triggers.yaml": `triggers:
  - enabled: true
    match:
      prefect.resource.id: my.external.resource
    expect:
      - external.resource.pinged
    parameters:
      param_1: "{{ event }}"
  - enabled: true
    match:
      prefect.resource.id: my.other.external.resource
    expect:
      - some.other.event
    parameters:
      param_1: "{{ event }}"
`,
  });
  await terminal.works("pool-of-options");
  expect(await terminal.types("deploy", "-n", "test-deployment", "--trigger", "triggers.yaml")).toContain(
    "triggers: 2 created (test-deployment__automation_1, test-deployment__automation_2)",
  );
  await terminal.emits("some.other.event", "my.other.external.resource");
  expect(await calledWith("test-flow")).toMatchObject({ param_1: { event: "some.other.event" } });
});

it("actions 83: an order that was created is complete, and its deployment of the file runs once, with the customer as text", {
  timeout: 5 * patience,
}, async () => {
  const terminal = new Terminal({
    "orders.ts": `
import { flow } from "antiphon";
import { z } from "zod";
export const postOrderComplete = flow(
  { name: "post-order-complete", parameters: z.object({ user_id: z.string() }) },
  ({ user_id }) => console.log(\`User \${user_id} has completed an order\`),
);
`,
    "antiphon.yaml": `deployments:
  - name: post-order-complete
    entrypoint: orders.ts:postOrderComplete
    work_pool: { name: pool-of-orders }
    triggers:
      - expect: [order.complete]
        after: [order.created]
        for_each: [prefect.resource.id]
        parameters:
          user_id: "{{ event.resource.id }}"
`,
    "shop.ts": `
import { emitEvent } from "antiphon";
const [one, two] = ["123", "456"];
for (const [event, user] of [["order.created", one], ["order.created", two], ["order.complete", one]]) {
  await emitEvent({ event, resource: { "prefect.resource.id": user } });
  console.log(\`\${user} emits \${event}\`);
}
`,
  });
  const worker = await terminal.works("pool-of-orders");
  expect(await terminal.types("deploy")).toContain("post-order-complete/post-order-complete: created");
  await terminal.runs("shop.ts").ends();
  expect(await calledWith("post-order-complete")).toEqual({ user_id: "123" });
  await worker.says("User 123 has completed an order");
  expect(worker.output).not.toContain("User 456");
  expect(await person.runsOf("post-order-complete")).toHaveLength(1);
});

it("a downstream deployment runs when the upstream one, run from the command line, has completed", {
  timeout: 5 * patience,
}, async () => {
  const terminal = new Terminal({
    "event-driven-deployments.ts": `
import { flow, serve } from "antiphon";
const upstreamFlow = flow("upstream-flow", () => console.log("upstream flow"));
const downstreamFlow = flow("downstream-flow", () => console.log("downstream flow"));
await serve(
  upstreamFlow.toDeployment({ name: "upstream_deployment" }),
  downstreamFlow.toDeployment({
    name: "downstream_deployment",
    triggers: [
      { expect: ["prefect.flow-run.Completed"], matchRelated: { "prefect.resource.name": "upstream_deployment" } },
    ],
  }),
);
`,
  });
  const serving = terminal.runs("event-driven-deployments.ts");
  await serving.says("Stop with Ctrl-C.");
  const ran = await terminal.types("deployment", "run", "upstream-flow/upstream_deployment", "--watch");
  expect(ran).toContain("Completed");
  await serving.says("downstream flow");
  await person.runIn("downstream-flow", "Completed", patience);
  expect(await person.runsOf("downstream-flow")).toHaveLength(1);
});

it("actions 89: an automation that is posted to the API starts the deployment of the guide's file", {
  timeout: 6 * patience,
}, async () => {
  const terminal = new Terminal({
    "test-automations.ts": `
import { flow } from "antiphon";
import { z } from "zod";
export const buildNames = flow({ name: "build-names", parameters: z.object({ num: z.int().default(10) }) }, ({ num }) => num);
`,
    "prefect.yaml": `# Generic metadata about this project
name: automations-guide
prefect-version: 3.0.0

# what is done elsewhere
build: null
push: null

pull:
- prefect.deployments.steps.set_working_directory:
    directory: .

deployments:
- name: deploy-build-names
  version: null
  tags: []
  description: null
  entrypoint: test-automations.ts:buildNames
  parameters: {}
  work_pool:
    name: tutorial-process-pool
    work_queue_name: null
    job_variables: {}
  schedule: null
`,
  });
  await terminal.works("tutorial-process-pool");
  expect(await terminal.types("deploy", "--all")).toContain("build-names/deploy-build-names: created");
  const row = (await terminal.types("deployment", "ls"))
    .split("\n")
    .find((line) => line.startsWith("build-names/"));
  const id = /[0-9a-f-]{36}$/.exec(row ?? "")?.[0];
  const document = {
    name: "Event Driven Redeploy",
    description: "Programmatically created an automation to redeploy a flow based on an event",
    enabled: "true",
    trigger: {
      after: ["string"],
      expect: ["prefect.flow-run.Running"],
      for_each: ["prefect.resource.id"],
      posture: "Proactive",
      threshold: 30,
      within: 0,
    },
    actions: [{ type: "run-deployment", source: "selected", deployment_id: id, parameters: { num: 3 } }],
  };
  const { data } = await ask(
    server.url,
    "mutation ($document: JSON!) { applyAutomation(document: $document) { __typename ... on Automation { warnings { path } } } }",
    { document },
  );
  expect(data?.applyAutomation).toEqual({
    __typename: "Automation",
    warnings: [{ path: ["trigger", "within"] }],
  });
  await terminal.emits("string", "prefect.flow-run.42");
  expect(await calledWith("build-names")).toEqual({ num: 3 });
});
