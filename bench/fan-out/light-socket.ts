import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/**
 * A WebSocket client that only counts: it costs so little that the server is what is measured. It understands
 * what our servers send: whole, unmasked frames.
 */
export class LightSocket {
  #rest: Buffer = Buffer.alloc(0);
  /** Bytes of the present frame that are still to come and of no interest. */
  #skip = 0;
  #upgraded = false;

  private constructor(
    private readonly socket: Socket,
    /** Told of each text message; its first bytes are all that is there of one that came in pieces. */
    private readonly onText: (payload: Buffer) => void,
    private readonly onUpgraded: () => void,
  ) {
    socket.on("data", (chunk) => this.#read(chunk));
  }

  static open(
    port: number,
    path: string,
    protocol: string,
    onText: (payload: Buffer) => void,
  ): Promise<LightSocket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true });
      socket.once("error", reject);
      const light = new LightSocket(socket, onText, () => {
        socket.off("error", reject);
        socket.on("error", () => undefined);
        resolve(light);
      });
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\nSec-WebSocket-Version: 13\r\n` +
          `Sec-WebSocket-Protocol: ${protocol}\r\n\r\n`,
      );
    });
  }

  /** Sends a text of less than 64 KiB. */
  send(text: string): void {
    this.#write(1, Buffer.from(text));
  }

  end(): void {
    this.socket.destroy();
  }

  #write(opcode: number, payload: Buffer): void {
    const short = payload.length < 126;
    const header = Buffer.alloc(short ? 6 : 8);
    header[0] = 0x80 | opcode;
    header[1] = 0x80 | (short ? payload.length : 126);
    if (!short) header.writeUInt16BE(payload.length, 2);
    // The mask stays zero, which leaves the payload as it is.
    this.socket.write(Buffer.concat([header, payload]));
  }

  #read(chunk: Buffer): void {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = Buffer.alloc(0);
    if (!this.#upgraded) {
      const end = data.indexOf("\r\n\r\n");
      if (end < 0) {
        this.#rest = data;
        return;
      }
      if (!data.subarray(0, 12).toString().endsWith("101")) throw new Error(data.subarray(0, end).toString());
      this.#upgraded = true;
      data = data.subarray(end + 4);
      this.onUpgraded();
    }
    if (this.#skip > 0) {
      const skipped = Math.min(this.#skip, data.length);
      this.#skip -= skipped;
      data = data.subarray(skipped);
    }
    for (let at = 0; at < data.length; ) {
      const frame = readHeader(data, at);
      if (frame === undefined) {
        this.#rest = Buffer.from(data.subarray(at));
        return;
      }
      const end = frame.start + frame.length;
      const payload = data.subarray(frame.start, Math.min(end, data.length));
      if (frame.opcode === 9) this.#write(10, Buffer.from(payload));
      else if (frame.opcode === 1) this.onText(payload);
      this.#skip = Math.max(0, end - data.length);
      at = end;
    }
  }
}

function readHeader(data: Buffer, at: number): { opcode: number; start: number; length: number } | undefined {
  if (data.length < at + 2) return undefined;
  const opcode = data.readUInt8(at) & 15;
  const length = data.readUInt8(at + 1) & 127;
  if (length < 126) return { opcode, start: at + 2, length };
  if (length === 126)
    return data.length < at + 4 ? undefined : { opcode, start: at + 4, length: data.readUInt16BE(at + 2) };
  if (data.length < at + 10) return undefined;
  return { opcode, start: at + 10, length: Number(data.readBigUInt64BE(at + 2)) };
}
