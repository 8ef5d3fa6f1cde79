import path from "node:path";
import { expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import { ask, startTestServer } from "../support/wire.ts";
import { namedBlock } from "./support/pages.ts";
import { writeScratch } from "./support/scratch.ts";

it("the page's program sends an event that the page's query finds", async () => {
  const file = "emit-paid.ts";
  const folder = writeScratch({ [file]: namedBlock("docs/events.md", file).text });
  // The page's code, type-checked in another test.
  const { emitPaid }: { emitPaid: (url: string, order: string, customer: string) => Promise<string> } =
    await import(path.join(folder, file));
  const server = await startTestServer({ schema });
  const cursor = await emitPaid(server.url, "7", "ann");
  const query = `query ($filter: EventFilter) { events(filter: $filter) { nodes { cursor payload } } }`;
  const filter = { events: ["order.*"], related: { "prefect.resource.id": "customer.*" }, text: "eur" };
  const { data } = await ask(server.url, query, { filter });
  expect(data).toEqual({ events: { nodes: [{ cursor, payload: { amount: 12.5, currency: "EUR" } }] } });
  await server.close();
});
