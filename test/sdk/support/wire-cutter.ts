import net from "node:net";

/** Passes connections on to a port, and cuts all of them when told to. */
export class WireCutter {
  readonly #sockets = new Set<net.Socket>();
  readonly #server: net.Server;
  port = 0;
  /** How often a connection was made. */
  connections = 0;

  constructor(to: () => number) {
    this.#server = net.createServer((near) => {
      this.connections += 1;
      const far = net.connect(to(), "127.0.0.1");
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
        one.pipe(other);
        one.on("error", () => other.destroy());
        one.on("close", () => {
          this.#sockets.delete(one);
          other.destroy();
        });
      }
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    this.port = typeof address === "object" && address ? address.port : 0;
  }

  /** Ends every connection without a word. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.#server.close();
    this.cut();
  }
}
