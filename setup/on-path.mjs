import { accessSync, constants } from "node:fs";
import path from "node:path";

/**
 * The first of these programs that is on the path, or undefined.
 *
 * @param {string[]} programs
 */
export function onPath(programs) {
  for (const program of programs)
    for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
      const file = path.join(folder, program);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not in this folder
      }
    }
  return undefined;
}
