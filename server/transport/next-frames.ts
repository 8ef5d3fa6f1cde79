import type { Chunk } from "../live/sink.ts";

/** Above this, the text is sent from where it is instead of being copied for each subscriber. In bytes. */
const copied = 20 * 1024;
const prefix = '{"id":';
const infix = ',"type":"next","payload":';

/**
 * The WebSocket frames of a chunk's messages as graphql-transport-ws has them, for one operation:
 * `{"id":…,"type":"next","payload":` and the text. All but the id is made once for all subscribers.
 *
 * @param id the operation's id as JSON text, in ASCII
 * @returns buffers to be written one behind the other; they may be shared and must not be changed
 */
export function nextFrames(chunk: Chunk, id: string): Buffer[] {
  let templates = templatesOf.get(chunk);
  if (templates === undefined) {
    templates = new Map();
    templatesOf.set(chunk, templates);
  }
  let template = templates.get(id.length);
  if (template === undefined) {
    template = makeTemplate(chunk, id.length);
    templates.set(id.length, template);
  }
  if (template.filledFor !== id) {
    template.filled = fill(template, id);
    template.filledFor = id;
  }
  return template.filled;
}

/** By chunk and by the length of the id, on which the frames' lengths depend. */
const templatesOf = new WeakMap<Chunk, Map<number, Template>>();

interface Template {
  /** The frames up to the last id, with holes for the ids. */
  head: Buffer;
  holes: number[];
  /** What comes behind the last id, where that is long. */
  rest: Buffer | undefined;
  /** The buffers of the last id: many clients count their operations from 1. */
  filled: Buffer[];
  filledFor: string | undefined;
}

function makeTemplate(chunk: Chunk, idLength: number): Template {
  const holes: number[] = [];
  const parts: Buffer[] = [];
  let at = 0;
  const add = (part: Buffer) => {
    parts.push(part);
    at += part.length;
  };
  for (const text of chunk.texts) {
    const tail = Buffer.from(`${infix}${text}}`);
    const before = Buffer.from(prefix);
    add(frameHeader(before.length + idLength + tail.length));
    add(before);
    holes.push(at);
    add(Buffer.alloc(idLength));
    add(tail);
  }
  const rest = at > copied && chunk.texts.length === 1 ? parts.pop() : undefined;
  return { head: Buffer.concat(parts), holes, rest, filled: [], filledFor: undefined };
}

function fill(template: Template, id: string): Buffer[] {
  const head = Buffer.allocUnsafe(template.head.length);
  template.head.copy(head);
  for (const hole of template.holes) head.write(id, hole, "latin1");
  return template.rest === undefined ? [head] : [head, template.rest];
}

/** Of an unmasked, uncompressed text message in one frame (RFC 6455, 5.2). */
function frameHeader(length: number): Buffer {
  if (length < 126) return Buffer.from([0x81, length]);
  if (length < 65_536) {
    const header = Buffer.from([0x81, 126, 0, 0]);
    header.writeUInt16BE(length, 2);
    return header;
  }
  const header = Buffer.alloc(10);
  header[0] = 0x81;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
