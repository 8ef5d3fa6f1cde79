import type { RunInput } from "../generated/prisma/client.ts";

/** A stored message or answer, with what the statement that stored it knows beside the row. */
export type RunInputRow = RunInput & { listening?: boolean; schemaDrift?: boolean };
