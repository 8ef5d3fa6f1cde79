import { expect, it } from "vitest";
import type { JsonObject } from "../../../core/json.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { receiveInputs } from "../../../server/run-input/receive-inputs.ts";
import { sendInput } from "../../../server/run-input/send-input.ts";
import { askFor, calledRun, inputOf, readRun } from "../../support/runs.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { antiphonCommand, Command } from "../support/command.ts";
import { runHere } from "../support/run-here.ts";

const antiphon = useAntiphon();

function context() {
  if (!antiphon.context) throw new Error("the server is not running");
  return antiphon.context;
}

const shirt: JsonObject = {
  type: "object",
  properties: {
    size: { enum: ["S", "M", "L"] },
    count: { type: "integer", minimum: 1 },
    code: { type: "string" },
    gift: { type: "boolean", default: false },
    address: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
  required: ["size", "count", "address"],
  additionalProperties: false,
};

/** A run that asks, and the answers that were stored for it. */
async function asking(options: Parameters<typeof askFor>[2] = {}): Promise<string> {
  const run = await calledRun(context(), "shop");
  await askFor(context(), run, options);
  return run.flowRunId;
}

async function answer(flowRunId: string): Promise<unknown> {
  return (await inputOf(context(), flowRunId, "paused-1-response"))?.value;
}

it("an answer's fields are read by the types of the question", async () => {
  const id = await asking({ schema: shirt });
  const { code, out } = await runHere([
    ...["resume", id, "--input", "size=M", "--input", "count=3", "--input", "code=007"],
    ...["--input", "gift=yes", "--input", "address.city=São Paulo"],
  ]);
  expect({ code, out }).toEqual({ code: 0, out: `${(await readRun(context(), id)).name} goes on.\n` });
  const given = { size: "M", count: 3, code: "007", gift: true, address: { city: "São Paulo" } };
  expect(await answer(id)).toEqual(given);
  const again = await runHere(["resume", id, "--input", "size=M"]);
  expect(again).toMatchObject({ code: 1, out: "" });
  expect(again.err).toContain("waits for nothing: it is Running");
});

it("where nobody can be asked, what must be given is said, field by field, and nothing is sent", async () => {
  const id = await asking({ schema: shirt });
  for (const args of [[], ["--input", "gift=no"]]) {
    const { code, err } = await runHere(["resume", id, ...args]);
    expect(code).toBe(2);
    expect(err).toContain("\n  size: one of S, M, L\n  count: a whole number\n  address.city: a text\n");
  }
  const wrong = await runHere(["resume", id, "--input", "size=XL", "--input", "colour=red"]);
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain(
    "\n  size: must be S, M or L\n  colour: is no field here; there are size, count,",
  );
  expect((await readRun(context(), id)).stateName).toBe("Paused");
});

it("the whole answer is taken as JSON, from a pipe too; what is refused is told and the run waits on", async () => {
  const id = await asking({ schema: shirt });
  const whole = { size: "S", count: 0, address: { city: "Lyon" } };
  const refused = await runHere(["resume", id, "--input-json", JSON.stringify(whole)]);
  expect(refused).toMatchObject({ code: 1, out: "" });
  expect(refused.err).toMatch(/^antiphon: the answer to \S+: count: must be at least 1, not 0\n$/);
  const input = JSON.stringify({ ...whole, count: 2 });
  const taken = await antiphonCommand(["resume", id, "--input-json", "-", "--json"], { input });
  expect(JSON.parse(taken.out)).toMatchObject({ id, key: "paused-1", input: { size: "S", count: 2 } });
  expect(await answer(id)).toEqual({ ...whole, count: 2, gift: false });
});

it("of a question for one value the field need not be named, and defaults need no answer", async () => {
  const value = (schema: JsonObject) => ({
    wrapped: true,
    schema: {
      type: "object",
      properties: { value: schema },
      required: ["value"],
      additionalProperties: false,
    },
  });
  const number = await asking(value({ type: "number" }));
  expect((await runHere(["resume", number, "--input", "12.5"])).code).toBe(0);
  expect(await answer(number)).toEqual({ value: 12.5 });
  const text = await asking(value({ type: "string" }));
  expect((await runHere(["resume", text, "--input", "a=b"])).code).toBe(0);
  expect(await answer(text)).toEqual({ value: "a=b" });
  const usual = { type: "object", properties: { size: { type: "string", default: "M" } } };
  const defaults = await asking({ schema: usual });
  expect((await runHere(["resume", defaults])).code).toBe(0);
  expect(await answer(defaults)).toEqual({ size: "M" });
});

it("a run that asks for nothing simply goes on, and takes no answer", async () => {
  const id = await asking({ schema: null });
  expect((await runHere(["resume", id, "--input", "a=1"])).code).toBe(2);
  expect((await runHere(["resume", id, "--key", "paused-7"])).err).toContain("paused-7");
  expect((await runHere(["resume", id, "--key", "paused-1"])).code).toBe(0);
  expect((await readRun(context(), id)).stateName).toBe("Running");
});

it("runs that wait are listed, longest waiting first, and followed as they begin and cease to wait", async () => {
  for (const run of await context().prisma.flowRun.findMany({ where: { stateType: "PAUSED" } }))
    await setFlowRunState(context(), {
      flowRunId: run.id,
      execution: run.execution,
      state: { type: "FAILED" },
    });
  expect((await runHere(["waiting"])).out).toBe("No run waits for an input.\n");
  const first = await asking({ description: "\n## How many shirts?" });
  const second = await asking();
  const { out } = await runHere(["waiting"]);
  const rows = out.trimEnd().split("\n");
  expect(rows[1]).toMatch(new RegExp(`shop +How many shirts\\? .*${first}$`));
  expect(rows[2]).toMatch(new RegExp(`shop +Person .*${second}$`));
  const following = new Command(["waiting", "-f"]);
  await following.lines(2);
  expect((await runHere(["resume", second, "--input", "approved=yes"])).code).toBe(0);
  const [, , last = ""] = await following.lines(3);
  expect(last).toContain("waits no longer: it is Running");
  following.kill("SIGINT");
  expect(await following.exited).toBe(0);
  expect(JSON.parse((await runHere(["waiting", "--flow", "other", "--json"])).out)).toEqual([]);
});

it("messages are sent, listed, followed and deleted", async () => {
  const { flowRunId: id, execution } = await calledRun(context(), "listens");
  const sent = await runHere(["input", "send", id, '"hello"', "--key", "k1", "--json"]);
  expect(JSON.parse(sent.out)).toMatchObject({ inputType: "string", value: "hello", listening: false });
  const again = await runHere(["input", "send", id, '"hello"', "--key", "k1", "--json"]);
  expect(JSON.parse(again.out).id).toBe(JSON.parse(sent.out).id);
  expect((await runHere(["input", "send", id, "--text", "{not JSON"])).code).toBe(0);
  const object = await runHere(["input", "send", id, '{"size":"M"}']);
  expect(object.code).toBe(2);
  expect(object.err).toContain("say which type it is, with --type");
  expect((await runHere(["input", "send", id, '{"size":"M"}', "--type", "Shirt"])).out).toMatch(
    /^Sent \S+ to \S+; nobody receives it yet\.\n$/,
  );
  const listed = await runHere(["input", "ls", id]);
  expect(
    listed.out
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(/ {2,}/).slice(0, 4)),
  ).toEqual([
    ["1", "message", "string", '"hello"'],
    ["2", "message", "string", '"{not JSON"'],
    ["3", "message", "Shirt", '{"size":"M"}'],
  ]);
  const following = new Command(["input", "follow", id, "--type", "Shirt", "--json"]);
  expect(JSON.parse((await following.lines(1))[0] ?? "")).toMatchObject({ seq: 3, value: { size: "M" } });
  following.kill("SIGINT");
  expect(await following.exited).toBe(0);
  const [first] = JSON.parse((await runHere(["input", "ls", id, "--json"])).out) as { id: string }[];
  expect((await runHere(["input", "delete", first?.id ?? ""])).out).toBe(`Deleted ${first?.id}.\n`);
  expect((await runHere(["input", "delete", first?.id ?? ""])).code).toBe(1);
  await setFlowRunState(context(), { flowRunId: id, execution, state: { type: "COMPLETED" } });
  expect((await runHere(["input", "send", id, "1"])).err).toContain("has ended as Completed");
});

it("a message needs no type where the run receives one only, whatever others have sent", async () => {
  const run = await calledRun(context(), "receives-one");
  for (const inputType of ["Shirt", "Shoe"]) {
    await sendInput(context(), { flowRunId: run.flowRunId, inputType, value: {} });
  }
  const typeless = ["input", "send", run.flowRunId, '{"size":"L"}', "--json"];
  expect((await runHere(typeless)).err).toContain("the run has received none so far");
  const receiver = { schema: { type: "object" }, schemaDigest: "hat" };
  const receiving = await receiveInputs(context(), { ...run, channel: { inputType: "Hat" }, ...receiver });
  await receiving.open();
  const sent = JSON.parse((await runHere(typeless)).out);
  await receiving.close?.();
  expect(sent).toMatchObject({ inputType: "Hat", listening: true });
});
