import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";
import { patientEnv } from "./wire.ts";

const main = fileURLToPath(new URL("../../server/dist/main.js", import.meta.url));
const startTime = 90_000; // milliseconds

/** A server in a process of its own, as `npm start` runs it, which can be killed and started again. */
export interface ServerProcess {
  /** Such as `http://127.0.0.1:34567`; the same after each start. */
  origin: string;
  url: string;
  /** Resolves when it is ready. */
  start(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** Nobody reads any more what it prints, as when a terminal is closed. */
  deafen(): void;
  /** What it has printed since its first start. */
  output(): string;
}

/** Needs the built server (`npm test` builds it). */
export async function serverProcess(
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let output = "";
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = once(ending, "exit");
    ending.kill(signal);
    await gone;
  };
  return {
    origin,
    url: `${origin}/graphql`,
    async start() {
      const begun = spawn(process.execPath, [main], {
        env: {
          ...process.env,
          ...patientEnv,
          HOST: "127.0.0.1",
          PORT: String(port),
          DATABASE_URL: databaseUrl,
          ...env,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      child = begun;
      for (const stream of [begun.stdout, begun.stderr]) stream.on("data", (data) => (output += data));
      const until = Date.now() + startTime;
      while (!(await isReady(origin))) {
        if (begun.exitCode !== null || Date.now() > until)
          throw new Error(`the server did not start:\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    deafen() {
      for (const stream of [child?.stdout, child?.stderr]) stream?.destroy();
    },
    output: () => output,
  };
}

async function isReady(origin: string): Promise<boolean> {
  return fetch(`${origin}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
}
