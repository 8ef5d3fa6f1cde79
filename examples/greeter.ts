/**
 * Two flows that talk while both run: a greeter that is served, and a sender that passes on what you type.
 *
 *   npm run example -- greeter greeter     serves the greeters
 *   npm run example -- greeter sender      in a second terminal: type a name, get a greeting; q ends both
 *
 * A greeter that has heard nothing for 30 s suspends itself, which ends its process; the next name wakes it. It greets
 * nobody twice and forgets nobody: `greeter` keeps the keys of what it has seen in a JSON block. For the other one,
 * `greeter-with-cursor`, the server keeps the place: npm run example -- greeter sender greeter-with-cursor
 */
import { createInterface } from "node:readline/promises";
import {
  BlockNotFound,
  CannotRespond,
  FlowRunConflict,
  type FlowRunState,
  flow,
  getClient,
  getRunContext,
  getRunLogger,
  InputTimeout,
  JsonBlock,
  receiveInput,
  resumeFlowRun,
  runDeployment,
  sendInput,
  serve,
  suspendFlowRun,
  type WithMetadata,
} from "antiphon";
import { z } from "zod";
import "./support/plain-errors.ts";

const EXIT_SIGNAL = "__EXIT__";
const parameters = z.object({ idleSeconds: z.number().positive().default(30) });

const greeter = flow({ name: "greeter", parameters }, async ({ idleSeconds }) => {
  const blockName = `${getRunContext().flowRun.id}-seen-keys`;
  const seen = await loadKeys(blockName);
  const options = { withMetadata: true, timeout: idleSeconds, excludeKeys: seen.value } as const;
  for await (const name of receiveInput(z.string(), options)) {
    await greet(name);
    if (name.value === EXIT_SIGNAL) return;
    seen.value.push(name.metadata.key);
    await seen.save(blockName, { overwrite: true, ownedByRun: true });
  }
  await takeNap(idleSeconds);
});

const greeterWithCursor = flow({ name: "greeter-with-cursor", parameters }, async ({ idleSeconds }) => {
  const options = { withMetadata: true, timeout: idleSeconds, cursor: "names" } as const;
  for await (const name of receiveInput(z.string(), options)) {
    await greet(name);
    if (name.value === EXIT_SIGNAL) return;
  }
  await takeNap(idleSeconds);
});

async function loadKeys(blockName: string): Promise<JsonBlock<string[]>> {
  try {
    return await JsonBlock.load<string[]>(blockName);
  } catch (error) {
    if (error instanceof BlockNotFound) return new JsonBlock([]);
    throw error;
  }
}

/** The key makes it one greeting, even if the process dies before it has noted that it greeted. */
async function greet(name: WithMetadata<z.ZodString>): Promise<void> {
  const greeting = name.value === EXIT_SIGNAL ? "Goodbye!" : `Hello, ${name.value}!`;
  getRunLogger().info(greeting);
  try {
    await name.respond(greeting, { idempotencyKey: name.metadata.key });
  } catch (error) {
    if (!(error instanceof CannotRespond)) throw error; // no run sent it, but somebody at the console: the log has it
  }
}

/** Resumed, the flow begins anew, and its next nap must be another wait than this one, which is over then. */
async function takeNap(idleSeconds: number): Promise<void> {
  getRunLogger().info(`No name for ${idleSeconds} s: suspending until somebody resumes this run.`);
  await suspendFlowRun({ timeout: 24 * 3600, key: `nap-${Date.now()}` });
}

const sender = flow(
  { name: "sender", parameters: parameters.extend({ to: z.string() }) },
  async ({ to, idleSeconds }) => {
    const begun = Date.now();
    let hinted = false;
    const { id } = await runDeployment(`${to}/send-receive`, {
      parameters: { idleSeconds },
      timeout: 0,
      asSubflow: false,
    });
    // Made once: a receiver that is made anew begins with the first greeting again.
    const greetings = receiveInput(z.string(), { timeout: 1 });
    for await (const name of typedNames()) {
      await sendInput(name, { flowRunId: id });
      for (;;) {
        const state = await wake(id);
        const greeting = await greetings.next().catch(nothingIfLate);
        if (greeting !== undefined) {
          console.log(greeting);
          break;
        }
        if (!hinted && state.name === "Scheduled" && Date.now() - begun > 3000) {
          console.log("waiting for a runner: npm run example -- greeter greeter");
          hinted = true;
        }
        if (state.isFinal()) throw new Error(`The greeter did not answer, it is ${state.name}.`);
      }
    }
  },
);

/** What is typed until q, quit or the end, and then the signal to exit. */
async function* typedNames(): AsyncGenerator<string> {
  // Not as a terminal of its own, so that Ctrl-C ends the program.
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  lines.setPrompt("What is your name? ");
  lines.prompt();
  for await (const line of lines) {
    if (line === "q" || line === "quit") break;
    if (line !== "") yield line;
    lines.prompt();
  }
  lines.close();
  yield EXIT_SIGNAL;
}

/** Resumes the greeter where it is taking a nap. Gives the state that it was found in. */
async function wake(greeterId: string): Promise<FlowRunState> {
  const { state } = await getClient().readFlowRun(greeterId);
  if (state.name !== "Suspended") return state;
  try {
    await resumeFlowRun(greeterId);
  } catch (error) {
    if (!(error instanceof FlowRunConflict)) throw error; // somebody else has woken it
  }
  return state;
}

function nothingIfLate(error: unknown): undefined {
  if (!(error instanceof InputTimeout)) throw error;
}

const [role, to = "greeter", idleSeconds] = process.argv.slice(2);
switch (role) {
  case "greeter": {
    const name = "send-receive";
    await serve(greeter.toDeployment({ name }), greeterWithCursor.toDeployment({ name }));
    break;
  }
  case "sender":
    await sender({ to, ...(idleSeconds === undefined ? {} : { idleSeconds: Number(idleSeconds) }) });
    break;
  default:
    console.error(`Say which part to play:
  npm run example -- greeter greeter
  npm run example -- greeter sender`);
    process.exitCode = 1;
}
