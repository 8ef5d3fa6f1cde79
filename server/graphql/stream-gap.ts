import type { Gap } from "../live/gap.ts";
import { builder } from "./builder.ts";

/** A gap in a stream, as streams of logs show it. */
export const StreamGap = builder.objectRef<Gap>("StreamGap").implement({
  description:
    "Part of the stream is gone for good (retention): this comes in its place, and the stream goes on behind it.",
  fields: (t) => ({
    message: t.string({
      description: "What is missing, in a sentence for people.",
      resolve: ({ from, to }) =>
        `what was stored behind ${from} up to ${to} is not kept any more; the stream goes on behind ${to}`,
    }),
    from: t.string({
      description: "The cursor behind which something is missing.",
      resolve: ({ from }) => String(from),
    }),
    to: t.string({
      description: "The cursor at which what is missing ends: pass it as `after` to go on behind the gap.",
      resolve: ({ to }) => String(to),
    }),
  }),
});
