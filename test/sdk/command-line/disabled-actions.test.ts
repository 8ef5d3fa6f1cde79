import { afterAll, beforeAll, expect, it } from "vitest";
import { Automation, emitEvent } from "../../../sdk/index.ts";
import { type Engine, settled, startEngine } from "../../support/engine.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { runHere } from "../support/run-here.ts";

const antiphon = useAntiphon({ ANTIPHON_ACTION_FAILURES: "1" });

function context() {
  if (antiphon.context === undefined) throw new Error("the server is not there");
  return antiphon.context;
}

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine(context(), { actions: false });
});
afterAll(() => engine.close());

const enableActions = (...args: string[]) => runHere(["automation", "enable-actions", ...args]);

it("actions that were disabled for their failures are carried out again", async () => {
  const { id } = await new Automation({
    name: "asked",
    trigger: { type: "event", expect: ["order.paid"] },
    // Nothing can be inferred from such an event.
    actions: [{ type: "do-nothing" }, { type: "pause-deployment", source: "inferred" }],
  }).create();
  expect(await enableActions("asked")).toMatchObject({
    code: 0,
    out: "asked has no action that is disabled.\n",
  });

  await emitEvent({ event: "order.paid", resource: { "prefect.resource.id": "order.17" } });
  await settled(context());
  expect(await enableActions("asked")).toMatchObject({
    code: 0,
    out: "asked: actions[1], pause-deployment, is carried out again; it had failed once.\n",
  });
  const again = await enableActions("--id", id ?? "", "--json");
  expect(JSON.parse(again.out)).toEqual({ id, name: "asked", enabled: [] });
});
