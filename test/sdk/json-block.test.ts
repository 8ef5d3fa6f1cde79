import sql from "sql-template-tag";
import { expect, it } from "vitest";
import { z } from "zod";
import {
  AlreadyExists,
  BlockNotFound,
  getClient,
  InputValidationError,
  JsonBlock,
  MissingRunContext,
} from "../../sdk/index.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { inRun } from "./support/in-run.ts";

const antiphon = useAntiphon();

async function deleteBlock(name: string): Promise<void> {
  const read = 'query ($name: String!) { block(type: "json", name: $name) { id } }';
  const { block } = await getClient().request<{ block: { id: string } }>(read, { name });
  await getClient().request("mutation ($id: ID!) { deleteBlock(id: $id) }", { id: block.id });
}

it("actions 7.1: of changes at once none is lost", async () => {
  await Promise.all(
    Array.from({ length: 12 }, (_, number) =>
      JsonBlock.update<number[]>("seen", (seen = []) => [...seen, number]),
    ),
  );
  const { value } = await JsonBlock.load<number[]>("seen");
  expect(value.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, number) => number));
});

it("a document that is deleted while it is changed is made anew", async () => {
  const block = await JsonBlock.update("gone", () => 1);
  expect(block.value).toBe(1);
  const met: (number | undefined)[] = [];
  await JsonBlock.update<number>("gone", async (value) => {
    met.push(value);
    if (met.length === 1) await deleteBlock("gone");
    return (value ?? 0) + 10;
  });
  expect(met).toEqual([1, undefined]);
  expect((await JsonBlock.load("gone")).value).toBe(10);
});

it("what has no JSON form, or cannot be made, changes nothing", async () => {
  await new JsonBlock(1).save("kept");
  const twice = JsonBlock.update("kept", () => Number.NaN);
  await expect(twice).rejects.toThrow(InputValidationError);
  const broken = JsonBlock.update("kept", () => {
    throw new Error("no idea");
  });
  await expect(broken).rejects.toThrow("no idea");
  expect((await JsonBlock.load("kept")).value).toBe(1);
});

it("actions 7.1: a block that was loaded or saved is saved again without a name; a new one needs one", async () => {
  const block = new JsonBlock<unknown>({ keys: [1] });
  await expect(block.save()).rejects.toThrow(TypeError);
  await block.save("again");
  block.value = { keys: [1, 2] };
  await expect(block.save()).rejects.toThrow(AlreadyExists);
  await block.save({ overwrite: true });
  const loaded = await JsonBlock.load<unknown>("again");
  expect(loaded.value).toEqual({ keys: [1, 2] });
  loaded.value = null;
  await loaded.save({ overwrite: true });
  expect((await JsonBlock.load("again")).value).toBeNull();
});

const person = z.object({ name: z.string(), age: z.number(), home: z.object({ city: z.string() }) });

it("actions 7.1: a document whose type has come to ask for more is refused by its fields, or loaded with nulls", async () => {
  await new JsonBlock({ name: "Marvin", home: {}, since: 1 }).save("person");
  const error = await JsonBlock.load("person", { schema: person }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(InputValidationError);
  expect(error.issues.map(({ path }: { path: string[] }) => path.join("."))).toEqual(["age", "home.city"]);
  expect(error.message).toMatch(/person.*age.*home\.city/);
  const loaded = await JsonBlock.load("person", { schema: person, validate: false });
  expect(loaded.value).toEqual({ name: "Marvin", age: null, home: { city: null }, since: 1 });

  await new JsonBlock({ name: "Marvin", age: 7, home: { city: "Ulm" } }).save("whole");
  const whole = await JsonBlock.load("whole", { schema: person });
  expect(whole.value.home.city).toBe("Ulm");
});

async function keptHow(name: string): Promise<unknown> {
  const read =
    'query ($name: String!) { block(type: "json", name: $name) { ttl expiresAt ownerRun { id } revision } }';
  return (await getClient().request<{ block: unknown }>(read, { name })).block;
}

it("actions 7.1: a document lives as long as its ttl says, and update keeps it", async () => {
  await new JsonBlock(1).save("brief", { ttl: 60 });
  await JsonBlock.update<number>("brief", (value = 0) => value + 1);
  expect(await keptHow("brief")).toMatchObject({ ttl: 60, expiresAt: expect.any(String), revision: 2 });
  await JsonBlock.update<number>("brief", (value = 0) => value + 1, { ttl: 120 });
  expect(await keptHow("brief")).toMatchObject({ ttl: 120, revision: 3 });
  await antiphon.context?.db.query(sql`UPDATE block SET expires_at = now() WHERE name = 'brief'`);
  await expect(JsonBlock.load("brief")).rejects.toThrow(BlockNotFound);
  const anew = await JsonBlock.update<number>("brief", (value = 0) => value + 1);
  expect(anew.value).toBe(1);
  expect(await keptHow("brief")).toMatchObject({ ttl: null, expiresAt: null });
});

it.each([0, -5, 1.5, Number.NaN, 2 ** 31])(
  "a ttl of %d seconds is refused, and nothing is saved",
  async (ttl) => {
    await expect(new JsonBlock(1).save("wrong", { ttl })).rejects.toThrow(`not ${ttl}`);
    await expect(JsonBlock.update("wrong", () => 1, { ttl })).rejects.toThrow(TypeError);
    await expect(JsonBlock.load("wrong")).rejects.toThrow(BlockNotFound);
  },
);

it("actions 7.1: a document that its run owns goes with it; outside of a run nothing owns one", async () => {
  await inRun("owner", async (flowRunId) => {
    await new JsonBlock([]).save("owned", { ownedByRun: true });
    await JsonBlock.update<number[]>("owned", (keys = []) => [...keys, 1]);
    await JsonBlock.update("also-owned", () => 1, { ownedByRun: true });
    await JsonBlock.update("let-go", () => 1, { ownedByRun: true });
    await new JsonBlock(2).save("let-go", { overwrite: true, ownedByRun: false });
    expect(await keptHow("owned")).toMatchObject({ ownerRun: { id: flowRunId }, revision: 2 });
    return flowRunId;
  }).then((id) => getClient().request("mutation ($id: ID!) { deleteFlowRun(flowRunId: $id) }", { id }));
  await expect(JsonBlock.load("owned")).rejects.toThrow(BlockNotFound);
  await expect(JsonBlock.load("also-owned")).rejects.toThrow(BlockNotFound);
  expect((await JsonBlock.load("let-go")).value).toBe(2);
  await expect(new JsonBlock(1).save("nobody's", { ownedByRun: true })).rejects.toThrow(MissingRunContext);
});
