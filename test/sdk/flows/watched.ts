import { z } from "zod";
import { flow, getRunLogger } from "../../../sdk/index.ts";

/** Serves a flow that writes to its log and then fails, or not. */
const parameters = z.object({ fails: z.boolean() });
await flow({ name: "watched", parameters }, ({ fails }) => {
  getRunLogger().info("so far, so good");
  if (fails) throw new Error("no further");
}).serve();
