import type { JsonObject } from "../json.ts";

/** Whether an object as a whole stands for something that is filled in later. */
export function isPlaceholder({ __prefect_kind, __kind }: JsonObject): boolean {
  return __prefect_kind !== undefined || __kind !== undefined;
}
