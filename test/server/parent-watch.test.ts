import { spawn } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";
import { isAlive } from "../../server/postgres/postmaster.ts";

it("a process that watches its parent ends itself when the parent is killed", async () => {
  const child = path.join(import.meta.dirname, "../support/watch-parent.ts");
  // The parent starts the child, which writes its process id once it watches, and waits.
  const program = `
    require("node:child_process").spawn(process.execPath, ["--import", "tsx", ${JSON.stringify(child)}],
      { stdio: "inherit", env: { ...process.env, ANTIPHON_PARENT_WATCH: "1" } });
    setInterval(() => undefined, 60_000);`;
  const parent = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const pid = Number(await new Promise((resolve) => parent.stdout.setEncoding("utf8").once("data", resolve)));
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
});
