import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { receiveInput } from "../../../sdk/index.ts";

/** Takes the texts of a run as an exclusive receiver outside of it; the second one it works at until it is killed. */
const texts = receiveInput(z.string(), {
  flowRunId: process.argv[2] ?? "",
  consume: "exclusive",
  timeout: null,
});
for await (const text of texts) {
  console.log(`took ${text}`);
  if (text === "second") await sleep(600_000);
}
