import { z } from "zod";
import { flow, pauseFlowRun } from "../../../sdk/index.ts";

/** Served by a host that cannot be run again. */
export const hello = flow({ name: "hello", parameters: z.object({ name: z.string() }) }, async ({ name }) => {
  const greeting = await pauseFlowRun({ waitForInput: z.string() });
  return `${greeting}, ${name}!`;
});
