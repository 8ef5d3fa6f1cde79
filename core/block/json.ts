import { z } from "zod";
import type { BlockType } from "./block-type.ts";

/** Any JSON value under a name. */
export const jsonBlock = {
  slug: "json",
  name: "JSON",
  description: "Any JSON value, for the code of flows.",
  capabilities: [],
  schema: z.strictObject({ value: z.unknown().meta({ title: "Value" }) }),
} satisfies BlockType;
