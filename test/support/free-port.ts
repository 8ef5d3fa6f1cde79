import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * A port on which nobody listens. Systems give those above it to whoever asks for any, so nobody is given it before it is
 * listened on, or while a server that is started again is away.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
