import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { emitEvent, flow, getClient, getRunContext, InputValidationError, task } from "../../sdk/index.ts";
import { useAntiphon } from "./support/antiphon.ts";

useAntiphon();

interface Seen {
  id: string;
  cursor: string;
  event: string;
  occurred: string;
  resource: Record<string, string>;
  related: Record<string, string>[];
  payload: unknown;
  follows: string | null;
}

async function read(id: string): Promise<Seen | null> {
  const query =
    "query ($id: ID!) { event(id: $id) { id cursor event occurred resource related payload follows } }";
  return (await getClient().request<{ event: Seen | null }>(query, { id })).event;
}

const order = { "prefect.resource.id": "order.17" };

it("an event is stored as it was emitted", async () => {
  const before = await emitEvent({ event: "order.created", resource: order });
  const after = await emitEvent({
    event: "order.paid",
    resource: { ...order, "prefect.resource.name": "Seventeen" },
    related: [{ "prefect.resource.id": "customer.3", "prefect.resource.role": "customer" }],
    payload: { total: 12.5, lines: [1, 2] },
    occurred: new Date("2026-01-02T03:04:05.678Z"),
    follows: before.id,
  });
  expect(await read(after.id)).toEqual({
    id: after.id,
    cursor: expect.any(String),
    event: "order.paid",
    occurred: "2026-01-02T03:04:05.678Z",
    resource: { ...order, "prefect.resource.name": "Seventeen" },
    related: [{ "prefect.resource.id": "customer.3", "prefect.resource.role": "customer" }],
    payload: { total: 12.5, lines: [1, 2] },
    follows: before.id,
  });
  expect(await read(before.id)).toMatchObject({ payload: {}, related: [], follows: null });
});

it("an event whose id was seen before is not stored again", async () => {
  const id = randomUUID();
  expect(await emitEvent({ id, event: "order.created", resource: order })).toEqual({ id });
  expect(await emitEvent({ id, event: "order.changed", resource: order })).toEqual({ id });
  expect((await read(id))?.event).toBe("order.created");
});

it("every problem of a refused event is told at once", async () => {
  const wrong = { event: "", resource: {}, related: [{ "prefect.resource.id": "a.b" }] };
  const error = await emitEvent(wrong).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(InputValidationError);
  expect(error.issues.map(({ path }: { path: string[] }) => path)).toEqual([
    ["event"],
    ["resource", "prefect.resource.id"],
    ["related", "0", "prefect.resource.role"],
  ]);
});

it.each([
  { what: "a payload without a JSON form", event: { payload: { at: new Date() } }, path: ["payload", "at"] },
  { what: "a time that is none", event: { occurred: new Date("soon") }, path: ["occurred"] },
])("$what is refused before anything is sent", async ({ event, path }) => {
  const error = await emitEvent({ event: "order.created", resource: order, ...event }).catch(
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(InputValidationError);
  expect(error.issues[0].path).toEqual(path);
});

it("an event that a run's code emits tells where it comes from", async () => {
  const emits = flow("emits", async () => {
    const { id } = await emitEvent({ event: "order.created", resource: order });
    return { id, run: getRunContext().flowRun.id };
  });
  const { id, run } = await emits();
  expect((await read(id))?.related).toContainEqual(
    expect.objectContaining({
      "prefect.resource.id": `prefect.flow-run.${run}`,
      "prefect.resource.role": "flow-run",
    }),
  );
});

it("the same event emitted twice by a run is two events, in its flow and in its tasks", async () => {
  const tells = task("tells", () => emitEvent({ event: "step.done", resource: order }));
  const emits = flow("emits-twice", async () => {
    const ids = [await tells(), await tells()];
    for (let turn = 0; turn < 2; turn++) ids.push(await emitEvent({ event: "step.done", resource: order }));
    return ids.map(({ id }) => id);
  });
  const ids = await emits();
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect(await read(id)).not.toBeNull();
});
