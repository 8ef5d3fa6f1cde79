import type { Topic } from "../bus/topic.ts";
import type { Context } from "../context.ts";
import type { Worker } from "./repeat.ts";

/** Does `work` whenever somebody, on whichever server, says that rows of this topic may have changed. */
export function onWake(ctx: Context, topic: Topic, work: () => void): Worker {
  const wake = ctx.bus.wake(topic);
  const watching = (async () => {
    while (await wake.next()) work();
  })();
  return {
    async close() {
      wake.close();
      await watching;
    },
  };
}
