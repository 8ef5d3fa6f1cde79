import { readFile } from "node:fs/promises";
import { Failure } from "./failure.ts";

/** The text of a file, or of the standard input where the name is `-`. */
export async function readText(file: string): Promise<string> {
  if (file === "-") {
    let text = "";
    for await (const part of process.stdin.setEncoding("utf8")) text += part;
    return text;
  }
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${file} cannot be read: ${reason(error)}`);
  });
}

function reason(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "there is no such file";
  return error.code === "EISDIR" ? "it is a folder" : error.message;
}
