import { z } from "zod";
import type { Issue } from "../../core/error.ts";

const Issues = z.array(z.object({ path: z.array(z.string()), message: z.string() }));

/** Issues as they were stored with a refused answer; none where nothing is stored. */
export function issuesOf(stored: unknown): Issue[] {
  return stored == null ? [] : Issues.parse(stored);
}
