import { expect, it } from "vitest";
import { Person } from "../sdk/support/person.ts";
import { patience, runExample } from "./support/program.ts";
import { useServerProcess } from "./support/server.ts";

const server = useServerProcess();
const person = new Person(() => server.url);

it("asks for a string in a field named value", { timeout: 4 * patience }, async () => {
  const example = runExample(server.url, "greet-user", "string");
  const { id, awaitedInput } = await person.runIn("greet-by-name", "Paused", patience);
  expect(awaitedInput?.inputType).toBe("string");
  expect(awaitedInput?.schema).toMatchObject({
    properties: { value: { type: "string" } },
    required: ["value"],
  });
  await person.resume(id, "Andrew");
  await example.says("Hello, Andrew!");
  await example.ends();
});

it("asks for the fields of a schema", { timeout: 4 * patience }, async () => {
  const example = runExample(server.url, "greet-user", "schema");
  const { id, awaitedInput } = await person.runIn("greet-user", "Paused", patience);
  expect(awaitedInput?.schema).toMatchObject({ required: ["name", "age"] });
  expect((await person.resume(id, { name: "Ada" })).issues?.[0]?.path).toEqual(["age"]);
  await person.resume(id, { name: "Ada", age: 36 });
  await example.says("Hello, Ada! You will be 37 next.");
  await example.ends();
});

it("describes a class's question at run time and fills in a name", { timeout: 4 * patience }, async () => {
  const example = runExample(server.url, "greet-user", "class");
  const { id, awaitedInput } = await person.runIn("greet-visitor", "Paused", patience);
  expect(awaitedInput).toMatchObject({
    inputType: "Visitor",
    schema: { properties: { name: { default: "anonymous" } }, required: ["age"] },
  });
  expect(awaitedInput?.description).toContain(`, ${new Date().getFullYear()}`);
  await person.resume(id, { age: 9 });
  await example.says("Hello, stranger!");
  await example.ends();
});
