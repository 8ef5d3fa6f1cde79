import { setTimeout as sleep } from "node:timers/promises";
import { flow } from "../../../sdk/index.ts";

const exclusive = flow("exclusive", () => sleep(500));

await exclusive.serve({ name: "one-at-a-time", concurrencyLimit: 1, limit: 3 });
