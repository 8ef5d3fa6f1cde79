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

const automation = (...args: string[]) => runHere(["automation", ...args]);
const enableActions = (...args: string[]) => automation("enable-actions", ...args);

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
  const shown = [{ list: "actions", place: 1, failures: 1, since: expect.any(String) }];
  expect((await automation("ls")).out).toContain("do nothing, pause deployment of the event (disabled)");
  expect(JSON.parse((await automation("ls", "--json")).out)).toMatchObject([{ disabled_actions: shown }]);
  const inspected = await automation("inspect", "asked", "--json");
  expect(JSON.parse(inspected.out)).toMatchObject({ name: "asked", disabled_actions: shown });
  expect(inspected.err).toContain("warning: actions[1], pause-deployment, is disabled since ");
  // It is a document to be applied all the same.
  const applied = await automation(
    "create",
    "-j",
    JSON.stringify({ ...JSON.parse(inspected.out), name: "copy" }),
  );
  expect(applied).toMatchObject({ code: 0, out: "copy: created\n" });

  expect(await enableActions("asked")).toMatchObject({
    code: 0,
    out: "asked: actions[1], pause-deployment, is carried out again; it had failed once.\n",
  });
  const again = await enableActions("--id", id ?? "", "--json");
  expect(JSON.parse(again.out)).toEqual({ id, name: "asked", enabled: [] });
  expect(JSON.parse((await automation("inspect", "asked", "--json")).out)).not.toHaveProperty(
    "disabled_actions",
  );
});
