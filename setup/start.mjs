import { spawn } from "node:child_process";
import { watchNpm } from "./parent.mjs";
import { requireFreePort } from "./port.mjs";
import { prepare } from "./prepare.mjs";
import { root } from "./root.mjs";
import { exitCode } from "./run.mjs";
import { command } from "./say.mjs";

await command(async () => {
  await requireFreePort();
  await prepare(["server", "sdk", "web"]);
  serve();
});

/**
 * Starts the server and ends as it ends. It has a process group of its own, so that Ctrl-C, which a terminal
 * (and npm once more) sends to everybody, reaches it once, by us. It watches us in turn: if we are killed, it ends.
 */
function serve() {
  const server = spawn(process.execPath, ["--enable-source-maps", "server/dist/main.js"], {
    cwd: root,
    stdio: "inherit",
    detached: process.platform !== "win32",
    env: { ...process.env, NODE_ENV: process.env.NODE_ENV ?? "production", ANTIPHON_PARENT_WATCH: "1" },
  });
  let told = 0;
  /** @param {NodeJS.Signals} signal */
  const tell = (signal) => {
    if (Date.now() - told < 1000) return; // the same keystroke, by another way
    told = Date.now();
    server.kill(signal);
  };
  process.on("SIGINT", () => tell("SIGINT"));
  process.on("SIGTERM", () => tell("SIGTERM"));
  process.on("SIGHUP", () => tell("SIGTERM"));
  if (process.env.npm_lifecycle_event === "start") watchNpm(() => tell("SIGTERM"));
  server.once("error", (error) => {
    console.error(`Cannot start the server: ${error.message}`);
    process.exit(1);
  });
  server.once("exit", (code, signal) => process.exit(exitCode(code, signal)));
}
