import { format } from "node:util";
import { vi } from "vitest";
import { runCommand } from "../../../sdk/cli/run-command.ts";
import type { Ended } from "./command.ts";

/**
 * Runs `antiphon …` to its end in this process, which is quicker than a process of its own; for commands that read no
 * standard input and follow nothing.
 */
export async function runHere(args: readonly string[], { cwd = process.cwd() } = {}): Promise<Ended> {
  const written = { out: "", err: "" };
  const take = (where: "out" | "err", text: string) => {
    written[where] += text;
    return true;
  };
  const before = { cwd: process.cwd(), url: process.env.ANTIPHON_API_URL };
  const spies = [
    vi.spyOn(console, "log").mockImplementation((...parts) => void take("out", `${format(...parts)}\n`)),
    vi.spyOn(console, "error").mockImplementation((...parts) => void take("err", `${format(...parts)}\n`)),
    vi.spyOn(process.stdout, "write").mockImplementation((text) => take("out", String(text))),
    vi.spyOn(process.stderr, "write").mockImplementation((text) => take("err", String(text))),
  ];
  process.chdir(cwd);
  try {
    const code = await runCommand(args);
    return { code, ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined;
    process.chdir(before.cwd);
    if (before.url === undefined) delete process.env.ANTIPHON_API_URL;
    else process.env.ANTIPHON_API_URL = before.url;
  }
}
