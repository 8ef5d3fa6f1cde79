import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryBus } from "../../server/bus/memory-bus.ts";
import { logsTopic } from "../../server/bus/topic.ts";
import { cutChunks, Ring } from "../../server/live/ring.ts";
import type { LiveSource } from "../../server/live/source.ts";
import { tail } from "../../server/live/tail.ts";

const topic = logsTopic("tail");
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

function numbers(log: number[], options: Partial<LiveSource<number>> = {}): LiveSource<number> {
  return {
    topic,
    kind: "log",
    open: async () => ({ first: [], position: log.length }),
    readAfter: async (position, limit) => {
      await turn(); // others get their turn while it reads
      return log
        .slice(position, position + limit)
        .map((row, index) => ({ position: position + index + 1, row }));
    },
    ...options,
  };
}

describe("the tail", () => {
  it("gives each row once and in order, whatever comes between", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ rows: fc.nat(250), turns: fc.nat(4), twice: fc.boolean() }), { maxLength: 30 }),
        async (writes) => {
          const bus = new MemoryBus();
          const log: number[] = [];
          const stream = await tail(numbers(log), bus);
          const seen: number[] = [];
          const reading = (async () => {
            for await (const row of stream) seen.push(row);
          })();
          for (const { rows, turns, twice } of writes) {
            for (let i = 0; i < rows; i++) log.push(log.length);
            bus.notify(topic);
            if (twice) bus.notify(topic);
            for (let i = 0; i < turns; i++) await turn();
          }
          while (seen.length < log.length) await turn();
          await stream.return?.();
          await reading;
          expect(seen).toEqual(log);
          expect(bus.size).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("begins with the first rows and misses nothing that comes while it opens", async () => {
    const bus = new MemoryBus();
    const log = [1, 2];
    const open = async () => {
      const position = log.length;
      await turn();
      log.push(3);
      bus.notify(topic);
      return { first: [-1], position };
    };
    const stream = await tail(numbers(log, { open }), bus);
    expect([(await stream.next()).value, (await stream.next()).value]).toEqual([-1, 3]);
    await stream.return?.();
  });

  it("closes at once while it waits, and tells its source", async () => {
    const bus = new MemoryBus();
    let closed = 0;
    const close = async () => void closed++;
    const stream = await tail(numbers([], { close }), bus);
    const waiting = stream.next();
    await turn();
    await stream.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect([bus.size, closed]).toEqual([0, 1]);
  });

  it("leaves nothing behind where opening is refused", async () => {
    const bus = new MemoryBus();
    let closed = 0;
    const source = numbers([], {
      open: () => Promise.reject(new Error("refused")),
      close: async () => void closed++,
    });
    await expect(tail(source, bus)).rejects.toThrow("refused");
    expect([bus.size, closed]).toEqual([0, 1]);
  });
});

describe("a ring", () => {
  const messages = (from: number, to: number, size = 10) =>
    Array.from({ length: to - from }, (_, i) => ({ position: from + i + 1, text: "x".repeat(size) }));

  it("has all messages between its base and its head, and gives them in chunks", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(40), fc.nat(3000)), { maxLength: 20 }), (pushes) => {
        const ring = new Ring(100, { messages: 50, size: 40_000 });
        let position = 100;
        for (const [count, size] of pushes) {
          ring.push(messages(position, position + count, size));
          position += count;
        }
        expect(ring.head).toBe(position);
        let read = ring.base;
        for (let chunk = ring.chunkAfter(read); chunk !== undefined; chunk = ring.chunkAfter(read)) {
          read += chunk.texts.length;
          expect(chunk.position).toBe(read);
        }
        expect(read).toBe(position);
        expect(position - ring.base).toBeLessThanOrEqual(50);
      }),
    );
  });

  it("keeps the newest message, however long, and passes over what it has", () => {
    const ring = new Ring(0, { messages: 5, size: 100 });
    ring.push(messages(0, 3, 1000));
    ring.push(messages(1, 3, 1000));
    expect([ring.base, ring.head]).toEqual([2, 3]);
    expect(ring.chunkAfter(2)?.texts).toEqual(["x".repeat(1000)]);
    expect(ring.chunkAfter(3)).toBeUndefined();
    expect(ring.chunkAfter(9)).toBeUndefined();
  });

  it("cuts what was read into the same kind of chunks", () => {
    const chunks = cutChunks(messages(0, 40, 1000));
    expect(chunks.flatMap(({ texts }) => texts)).toHaveLength(40);
    expect(chunks.map(({ position }) => position)).toEqual([16, 32, 40]);
  });
});
