import { afterAll, beforeAll, expect, it } from "vitest";
import { Automation, emitEvent } from "../../sdk/index.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { WireCutter } from "./support/wire-cutter.ts";

const antiphon = useAntiphon();
const wire = new WireCutter(() => Number(new URL(antiphon.url).port));
beforeAll(async () => {
  await wire.listen();
  process.env.ANTIPHON_API_URL = `http://127.0.0.1:${wire.port}/graphql`;
  wire.cutting = true;
});
afterAll(() => wire.close());

it("events that are emitted while the connection is lost again and again are stored once each", async () => {
  const ids = new Set<string>();
  for (let turn = 0; turn < 30; turn++) {
    const emit = () => emitEvent({ event: "cut.off", resource: { "prefect.resource.id": "cut" } });
    for (const { id } of await Promise.all(Array.from({ length: 10 }, emit))) ids.add(id);
  }
  expect(wire.connections).toBeGreaterThan(10);
  expect(ids.size).toBe(300);
  expect(await antiphon.context?.prisma.event.count({ where: { event: "cut.off" } })).toBe(300);
});

it("automations that are created meanwhile are created once each, and none finds its own name taken", async () => {
  const create = (name: string) =>
    new Automation({
      name,
      trigger: { type: "event", expect: ["x"] },
      actions: [{ type: "do-nothing" }],
    }).create();
  for (let turn = 0; turn < 15; turn++)
    await Promise.all(Array.from({ length: 4 }, (_, at) => create(`${turn}-${at}`)));
  expect(await antiphon.context?.prisma.automation.count()).toBe(60);
});
