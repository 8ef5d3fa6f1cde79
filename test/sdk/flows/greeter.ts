import readline from "node:readline/promises";
import { z } from "zod";
import {
  BlockNotFound,
  flow,
  getClient,
  getRunContext,
  getRunLogger,
  InputTimeout,
  JsonBlock,
  receiveInput,
  runDeployment,
  sendInput,
  suspendFlowRun,
} from "../../../sdk/index.ts";

const exitSignal = "__EXIT__";
const idleSeconds = Number(process.env.IDLE_SECONDS ?? 30);

/** Greets everybody who sends a name; leaves when nobody has for a while, and goes on behind what it has seen. */
const greeter = flow("greeter", async () => {
  const blockName = `${getRunContext().flowRun.id}-seen-ids`;
  const seen = await JsonBlock.load<string[]>(blockName).catch((error) => {
    if (error instanceof BlockNotFound) return new JsonBlock<string[]>([]);
    throw error;
  });
  try {
    const names = receiveInput(z.string(), {
      withMetadata: true,
      timeout: idleSeconds,
      raiseTimeoutError: true,
      excludeKeys: seen.value,
    });
    for await (const name of names) {
      if (name.value === exitSignal) return;
      await name.respond(`Hello, ${name.value}!`);
      seen.value.push(name.metadata.key);
      await seen.save(blockName, { overwrite: true });
    }
  } catch (error) {
    if (!(error instanceof InputTimeout)) throw error;
    getRunLogger().info("nobody is there, the greeter leaves");
    await suspendFlowRun({ timeout: 10_000 });
  }
});

/** Sends what is typed and prints what comes back. */
const sender = flow("sender", async () => {
  const greeting = await runDeployment("greeter/send-receive", { timeout: 0, asSubflow: false });
  console.log(`greeter run ${greeting.id}`);
  const receiver = receiveInput(z.string(), { timeout: null, pollInterval: 0.1 });
  const client = getClient();
  while (!(await client.readFlowRun(greeting.id)).state.isRunning()) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const terminal = readline.createInterface({ input: process.stdin });
  for await (const name of terminal) {
    if (!name) continue;
    if (name === "q") {
      await sendInput(exitSignal, { flowRunId: greeting.id });
      console.log("Goodbye!");
      break;
    }
    await sendInput(name, { flowRunId: greeting.id });
    console.log(await receiver.next());
  }
  terminal.close();
});

if (process.argv[2] === "greeter") await greeter.serve({ name: "send-receive" });
else await sender();
