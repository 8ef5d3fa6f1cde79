import { appendFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { type DeploymentOptions, flow, getRunContext } from "../../../sdk/index.ts";

/** Serves `scheduled` with the options of OPTIONS. */
const scheduled = flow({ name: "scheduled", parameters: z.object({ n: z.int() }) }, ({ n }) => {
  const { id, tags } = getRunContext().flowRun;
  appendFileSync(path.join(process.env.NOTES ?? "", id), `${n} ${tags.join(" ")}\n`);
});

await scheduled.serve(JSON.parse(process.env.OPTIONS ?? "{}") as Partial<DeploymentOptions>); // the test's own
