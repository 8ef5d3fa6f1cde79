import { builder } from "./builder.ts";

/** A part of a log that retention has taken. */
export class Gap {
  /**
   * @param from the position behind which something is missing
   * @param to the last position that is missing
   */
  constructor(
    readonly from: number,
    readonly to: number,
  ) {}
}

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
