import net from "node:net";

/** Passes connections on to a port, and cuts all of them when told to, or each of them again and again. */
export class WireCutter {
  readonly #sockets = new Set<net.Socket>();
  readonly #server: net.Server;
  port = 0;
  /** How often a connection was made. */
  connections = 0;
  /** Whether each connection ends once some of what comes back has passed: what was said by then has arrived. */
  cutting = false;
  /** Whether the next that comes back is lost with its connection: what it answers has been done. */
  losing = false;

  constructor(to: () => number) {
    this.#server = net.createServer((near) => {
      this.connections += 1;
      const far = net.connect(to(), "127.0.0.1");
      near.pipe(far);
      far.on("end", () => near.end());
      far.on("data", this.#passOn(near));
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
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

  #passOn(near: net.Socket): (data: Buffer) => void {
    // More than what opens a connection and is said first, and never the same.
    let left = 3_000 + ((this.connections * 1_237) % 8_000);
    return (data) => {
      if (near.writableEnded) return;
      if (this.losing) {
        this.losing = false;
        near.destroy();
        return;
      }
      if (!this.cutting || data.length < left) near.write(data);
      else near.write(data.subarray(0, left), () => near.destroy());
      left -= data.length;
    };
  }

  close(): void {
    this.#server.close();
    this.cut();
  }
}
