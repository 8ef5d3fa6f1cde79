import { expect, it } from "vitest";
import { getClient, InputValidationError, JsonBlock } from "../../sdk/index.ts";
import { useAntiphon } from "./support/antiphon.ts";

useAntiphon();

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
