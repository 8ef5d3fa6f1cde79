import type { JsonObject } from "../json.ts";
import type { Labels } from "./event.ts";

/** An event that is to be stored: complete and checked, but for its place in the log. */
export interface NewEvent {
  readonly id: string;
  readonly event: string;
  readonly occurred: Date;
  readonly resource: Labels;
  readonly related: readonly Labels[];
  readonly payload: JsonObject;
  readonly follows: string | null;
  /** The automations that led to it, first to last. */
  readonly chain: readonly string[];
}
