import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Watches the npm that runs this script, which may have a shell in between. Does not keep this process alive.
 *
 * @param {() => void} onGone called once when it was killed
 */
export function watchNpm(onGone) {
  const parent = process.ppid;
  const shell = look(parent);
  const npm = shell !== undefined && /sh$/.test(shell.name) ? shell.parent : undefined;
  const isThere = () => process.ppid === parent && (npm === undefined || look(parent)?.parent === npm);
  const timer = setInterval(() => {
    if (isThere()) return;
    clearInterval(timer);
    onGone();
  }, 1000);
  timer.unref();
}

/**
 * A process's name and parent, or undefined if it is gone or the system does not tell.
 *
 * @param {number} pid
 */
function look(pid) {
  try {
    const text =
      process.platform === "linux"
        ? readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^\d+ \((.*)\) \S (\d+) .*$/s, "$2 $1")
        : execFileSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8" });
    const [parent, ...name] = text.trim().split(/\s+/);
    return { name: name.join(" "), parent: Number(parent) };
  } catch {
    return undefined;
  }
}
