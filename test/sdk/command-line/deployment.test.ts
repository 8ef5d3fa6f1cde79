import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getClient } from "../../../sdk/index.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { antiphonCommand, type Ended } from "../support/command.ts";
import { Served } from "../support/served.ts";

const antiphon = useAntiphon();

function deployment(...args: string[]): Promise<Ended> {
  return antiphonCommand(["deployment", ...args]);
}

async function register(flowName: string, name: string, more: object = {}): Promise<string> {
  const { registerDeployment } = await getClient().request<{
    registerDeployment: { deployment: { id: string } };
  }>(
    `mutation ($deployment: DeploymentInput!) { registerDeployment(deployment: $deployment) {
      ... on RegisteredDeployment { deployment { id } } ... on InvalidInputError { message } } }`,
    { deployment: { flowName, name, ...more } },
  );
  return registerDeployment.deployment.id;
}

async function isPaused(id: string): Promise<boolean> {
  const { deployment: found } = await getClient().request<{ deployment: { paused: boolean } }>(
    "query ($id: ID!) { deployment(id: $id) { paused } }",
    { id },
  );
  return found.paused;
}

beforeEach(async () => {
  const { deployments } = await getClient().request<{ deployments: { id: string }[] }>(
    "{ deployments { id } }",
  );
  for (const { id } of deployments)
    await getClient().request("mutation ($id: ID!) { deleteDeployment(id: $id) }", { id });
});

const parameterSchema = {
  type: "object",
  properties: { count: { type: "integer" }, who: { type: "string" } },
  required: ["count"],
};

describe("antiphon deployment ls and inspect", () => {
  it("list all: for people in a table, for programs whole", async () => {
    expect((await deployment("ls")).out).toContain("There are no deployments yet");
    const id = await register("orders", "main", { tags: ["a"], schedules: [{ cron: "0 9 * * *" }] });
    await register("names", "other", { paused: true });
    const [titles = "", ...rows] = (await deployment("ls")).out.trimEnd().split("\n");
    expect(titles.split(/ {2,}/)).toEqual(["NAME", "STATUS", "TAGS", "SCHEDULES", "ID"]);
    expect(rows[0]).toMatch(/^names\/other +paused +[0-9a-f-]{36}$/);
    expect(rows[1]).toMatch(new RegExp(`^orders/main +not ready +a +cron 0 9 \\* \\* \\* +${id}$`));
    expect(JSON.parse((await deployment("ls", "--tag", "a", "--json")).out)).toMatchObject([
      { id, fullName: "orders/main", schedules: [{ cron: "0 9 * * *" }] },
    ]);
    expect((await deployment("ls", "--flow", "nobody")).out).toBe("There is no such deployment.\n");
  });

  it("one is shown by its full name, its id, or its own name where that is only one's", async () => {
    const id = await register("orders", "main", {
      description: "All orders",
      parameters: { count: 1 },
      parameterSchema,
    });
    for (const named of ["orders/main", id, "main"]) {
      const { code, out } = await deployment("inspect", named);
      expect(code).toBe(0);
      expect(out).toMatch(/^Name +orders\/main\n/);
      expect(out).toContain("All orders");
    }
    expect(JSON.parse((await deployment("inspect", "main", "-o", "json")).out)).toMatchObject({
      id,
      parameters: { count: 1 },
      parameterSchema,
    });
    await register("names", "main");
    expect(await deployment("inspect", "main")).toMatchObject({
      code: 1,
      err: 'antiphon: several flows have a deployment "main": give one of names/main, orders/main\n',
    });
    expect((await deployment("inspect", "order/main")).err).toContain(
      'there is no deployment "order/main"; did you mean "orders/main"?',
    );
  });
});

describe("antiphon deployment pause, resume and delete", () => {
  it("change one deployment, and say when it was so already", async () => {
    const id = await register("orders", "main");
    expect((await deployment("pause", "main")).out).toBe(
      "orders/main is paused: it starts no runs until it is resumed.\n",
    );
    expect(await isPaused(id)).toBe(true);
    expect((await deployment("pause", "main")).out).toBe("orders/main is paused already.\n");
    expect(JSON.parse((await deployment("resume", "main", "--json")).out)).toMatchObject({
      id,
      paused: false,
    });
    expect((await deployment("delete", "main")).out).toBe(`Deleted orders/main (${id}).\n`);
    expect((await deployment("delete", "main")).code).toBe(1);
  });

  it("a schedule is paused and resumed alone, by its id, or all at once", async () => {
    await register("orders", "main", { schedules: [{ cron: "0 9 * * *" }, { interval: 60 }] });
    await register("orders", "none");
    expect((await deployment("schedule", "ls", "none")).out).toBe("orders/none has no schedules.\n");
    const list = async () =>
      JSON.parse((await deployment("schedule", "ls", "main", "--json")).out) as {
        id: string;
        active: boolean;
      }[];
    const [first] = await list();
    const unsaid = await deployment("schedule", "pause", "main");
    expect(unsaid.code).toBe(2);
    expect(unsaid.err).toContain(`${first?.id}  cron 0 9 * * *`);
    expect((await deployment("schedule", "pause", "main", first?.id ?? "")).out).toBe(
      "orders/main: cron 0 9 * * * is paused.\n",
    );
    expect((await list()).map(({ active }) => active)).toEqual([false, true]);
    expect((await deployment("schedule", "ls", "main")).out).toMatch(/cron 0 9 \* \* \* +no /);
    expect((await deployment("schedule", "resume", "main", "--all")).out).toContain(
      "cron 0 9 * * * is active.\n",
    );
    expect((await list()).map(({ active }) => active)).toEqual([true, true]);
  });
});

describe("antiphon deployment run", () => {
  it("creates a run with what is typed, at once or for later", async () => {
    const id = await register("orders", "main", { parameters: { who: "Ada" }, parameterSchema, tags: ["a"] });
    const { code, out } = await deployment(
      ...[
        "run",
        "main",
        "--param",
        "count=3",
        "--param",
        "who=Bo",
        "--name",
        "by-hand",
        "--tag",
        "b",
        "--in",
        "2h",
        "--json",
      ],
    );
    expect(code).toBe(0);
    const run = JSON.parse(out);
    expect(run).toMatchObject({
      name: "by-hand",
      parameters: { count: 3, who: "Bo" },
      tags: ["a", "b"],
      deployment: { id },
      state: { type: "SCHEDULED" },
    });
    const { flowRun } = await getClient().request<{ flowRun: { expectedStart: string } }>(
      "query ($id: ID!) { flowRun(id: $id) { expectedStart } }",
      { id: run.id },
    );
    expect(Date.parse(flowRun.expectedStart) - Date.now()).toBeGreaterThan(6_000_000);
    const words = await deployment("run", "main", "--params", '{"count": 4}', "--at", "2030-01-01T00:00:00Z");
    expect(words.out).toMatch(/^Created run \S+ of orders\/main, to start at 20(30|29)-.*: http:/);
  });

  it("reads what is typed as what the parameter is", async () => {
    const properties = {
      card: { type: "string" },
      either: { anyOf: [{ type: "integer" }, { type: "string" }] },
      tags: { type: "array", items: { type: "string" } },
      loud: { type: "boolean" },
      any: {},
    };
    await register("orders", "main", { parameterSchema: { type: "object", properties } });
    const typed = ["card=5", "either=6", "tags=7", "tags=8", "loud=yes", 'any={"a": 1}', "other=9"];
    const { out } = await deployment("run", "main", ...typed.flatMap((one) => ["--param", one]), "--json");
    const parameters = { card: "5", either: 6, tags: ["7", "8"], loud: true, any: { a: 1 }, other: 9 };
    expect(JSON.parse(out)).toMatchObject({ parameters });
    const quoted = await deployment(
      "run",
      "main",
      "--params",
      '{"card": "x"}',
      "--param",
      'card="5"',
      "--json",
    );
    expect(JSON.parse(quoted.out).parameters).toEqual({ card: "5" });
  });

  it("says what is wrong with what was typed, and creates nothing", async () => {
    const id = await register("orders", "main", { parameterSchema });
    for (const [args, code, says] of [
      [["--param", "count=many"], 1, "parameters.count"],
      [["--param", "count"], 2, "is no name=value"],
      [["--params", "[]"], 2, "--params must be an object"],
      [["--at", "tomorrow"], 2, "is no time"],
      [["--in", "soon"], 2, "is no length of time"],
      [["--at", "2030-01-01", "--in", "1h"], 2, "not both"],
      [["--watch", "-o", "yaml"], 2, "give --json"],
    ] as const) {
      const ended = await deployment("run", "main", ...args);
      expect(ended).toMatchObject({ code, out: "" });
      expect(ended.err).toContain(says);
    }
    const { flowRuns } = await getClient().request<{ flowRuns: { nodes: { name: string }[] } }>(
      "query ($id: ID!) { flowRuns(filter: { deploymentIds: [$id] }) { nodes { name } } }",
      { id },
    );
    expect(flowRuns.nodes).toEqual([]);
  });
});

describe("antiphon deployment run --watch", () => {
  let served: Served;
  beforeAll(() => {
    served = new Served("watched.ts");
  });
  afterAll(() => served.close());

  it("tells states and log live until the end; the exit code is that of the run", async () => {
    await served.start(antiphon.url);
    const good = await deployment("run", "watched/watched", "--param", "fails=false", "--watch");
    expect(good.code).toBe(0);
    expect(good.out).toMatch(/^Created run /);
    for (const text of ["Scheduled", "Running", "so far, so good", "Completed"])
      expect(good.out).toContain(text);
    const bad = await deployment("run", "watched/watched", "--param", "fails=true", "--watch", "--json");
    expect(bad.code).toBe(1);
    const lines = bad.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ parameters: { fails: true } });
    expect(lines).toContainEqual(expect.objectContaining({ type: "FAILED" }));
    expect(lines).toContainEqual(expect.objectContaining({ message: "so far, so good" }));
  });
});
