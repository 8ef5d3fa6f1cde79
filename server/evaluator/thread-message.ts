import type { Topic } from "../bus/topic.ts";
import type { Settings } from "../env.ts";

/** What the evaluator's thread is started with. */
export interface ThreadData {
  readonly databaseUrl: string;
  readonly settings: Settings;
}

/** What the thread is told. */
export type ToThread = { readonly kind: "wake"; readonly topic: Topic } | { readonly kind: "stop" };

/** What the thread tells. */
export type FromThread =
  | { readonly kind: "notify"; readonly topics: readonly Topic[] }
  | { readonly kind: "burst"; readonly on: boolean }
  | { readonly kind: "report"; readonly what: string; readonly cause: string };
