import net from "node:net";
import tls from "node:tls";
import { WebSocket } from "ws";

const pingEveryMs = 10_000;

/**
 * The kind of socket that a connection is made of: it does not keep the process alive, and it ends itself when the
 * other side has been silent for two pings, so that a connection that died without a word is noticed.
 */
export function socketClass(
  apiKey: string | undefined,
  openingMs: number,
): new (
  url: string,
  protocol: string,
) => WebSocket {
  return class extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, {
        perMessageDeflate: false,
        handshakeTimeout: openingMs,
        headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
        createConnection: () => connect(new URL(url)).unref(),
      });
      this.once("open", () => this.#watch());
    }

    #watch(): void {
      let heard = true;
      const hear = () => {
        heard = true;
      };
      this.on("pong", hear);
      this.on("message", hear);
      const timer = setInterval(() => {
        if (!heard) return this.terminate();
        heard = false;
        this.ping();
      }, pingEveryMs).unref();
      this.once("close", () => clearInterval(timer));
    }
  };
}

function connect(url: URL): net.Socket {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.protocol !== "wss:") return net.connect({ host, port: Number(url.port || 80) });
  const servername = net.isIP(host) ? "" : host;
  return tls.connect({ host, port: Number(url.port || 443), servername });
}
