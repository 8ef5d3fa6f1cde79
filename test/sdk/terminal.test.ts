import { expect, it, vi } from "vitest";
import { printLine } from "../../sdk/log/terminal.ts";

it("many lines at once are printed under one listener, which leaves with the last of them", () => {
  const written: string[] = [];
  const arrive: (() => void)[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((line: unknown, done: unknown) => {
    written.push(String(line));
    if (typeof done === "function") arrive.push(() => done());
    return false;
  });
  try {
    const before = process.stdout.listenerCount("error");
    for (let number = 0; number < 20; number++) printLine(new Date(), 20, "busy", `line ${number}`);
    expect(process.stdout.listenerCount("error")).toBe(before + 1);
    for (const one of arrive.slice(0, -1)) one();
    expect(process.stdout.listenerCount("error")).toBe(before + 1);
    arrive.at(-1)?.();
    expect(process.stdout.listenerCount("error")).toBe(before);
    expect(written.map((line) => line.trimEnd().split(" - ")[1])).toEqual(
      Array.from({ length: 20 }, (_, number) => `line ${number}`),
    );
  } finally {
    write.mockRestore();
  }
});

it("a terminal that was closed fails no run", () => {
  const before = process.stdout.listeners("error");
  const write = vi.spyOn(process.stdout, "write").mockImplementation((_line: unknown, done: unknown) => {
    if (typeof done === "function") done(new Error("write EPIPE"));
    return false;
  });
  try {
    printLine(new Date(), 20, "piped into head", "a line");
    // As Node does it: behind the write's own callback.
    expect(process.stdout.emit("error", new Error("write EPIPE"))).toBe(true);
  } finally {
    write.mockRestore();
    for (const listener of process.stdout.listeners("error"))
      if (!before.includes(listener)) process.stdout.removeListener("error", listener as () => void); // added above
  }
});
