import type { z } from "zod";
import type { Issue } from "../error.ts";

/** What a block is good for: messages to people, or calls of other systems. */
export type Capability = "notify" | "call";

/** A type of block: what its documents are made of. */
export interface BlockType<Schema extends z.ZodType = z.ZodType> {
  readonly slug: string;
  /** For people. */
  readonly name: string;
  readonly description: string;
  /** None for documents that only hold something. */
  readonly capabilities: readonly Capability[];
  /** Whether whoever sends a message may say which channel it goes to; not where it is left out. */
  readonly manyChannels?: boolean;
  /** Keys in snake_case. What is secret is marked as such by `secret` of fields.ts. */
  readonly schema: Schema;
  /** What is wrong with a document that fits the schema. */
  check?(data: z.output<Schema>): Issue[];
}
