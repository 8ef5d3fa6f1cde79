import { appendFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import {
  type DeploymentTrigger,
  emitEvent,
  flow,
  getRunContext,
  serve,
  suspendFlowRun,
} from "../../../sdk/index.ts";

/** Serves `triggered` with the triggers of TRIGGERS, and flows that emit. */
function note(line: string): void {
  appendFileSync(path.join(process.env.NOTES ?? "", getRunContext().flowRun.id), `${line}\n`);
}

const parameters = z.object({ param_1: z.unknown().optional() });
const triggered = flow({ name: "triggered", parameters }, ({ param_1 }) =>
  note(JSON.stringify(param_1 ?? null)),
);

const resource = { "prefect.resource.id": "emitter" };
const emits = flow("emits", async () => {
  note((await emitEvent({ event: "emits.began", resource })).id);
  await suspendFlowRun();
  note((await emitEvent({ event: "emits.ended", resource })).id);
});

const triggers = JSON.parse(process.env.TRIGGERS ?? "[]") as DeploymentTrigger[]; // the test's own
await serve(
  triggered.toDeployment({ name: "my-deployment", triggers }),
  emits.toDeployment({ name: "emits" }),
  {
    pauseOnShutdown: process.env.PAUSE !== "no",
  },
);
