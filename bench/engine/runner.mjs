// @ts-nocheck The types come with the built package, which checks of the sources do not wait for.
import { flow } from "antiphon";
import { z } from "zod";

// A program as users write it, over the built package.
const parameters = z.object({ sentAt: z.number() });
await flow({ name: "react", parameters }, async () => undefined).serve();
