import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { flow, getRunContext, receiveInput, sendInput, serve, task } from "../../sdk/index.ts";
import { after } from "../../sdk/timer/after.ts";
import { useAntiphon } from "./support/antiphon.ts";

useAntiphon();

const month = 30 * 86_400; // seconds
/** Milliseconds; one that is to wait longer, Node ends at once. */
const longestTimer = 2 ** 31 - 1;

it("what is to come after months comes then, once, and not where it was called off", () => {
  vi.useFakeTimers();
  try {
    const came = vi.fn();
    const not = vi.fn();
    after(3 * month, came);
    const callOff = after(3 * month, not);
    vi.advanceTimersByTime(3 * month * 1000 - 1);
    expect(came).not.toHaveBeenCalled();
    callOff();
    vi.advanceTimersByTime(1);
    expect(came).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(month * 1000);
    expect(came).toHaveBeenCalledOnce();
    expect(not).not.toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
  }
});

describe("of a month, no timer is started that Node would end at once, for", () => {
  const set = vi.spyOn(globalThis, "setTimeout");
  beforeEach(() => void set.mockClear());
  afterEach(() => {
    const longest = Math.max(...set.mock.calls.map(([, delay]) => delay ?? 0));
    expect(longest).toBe(longestTimer);
  });

  it("the time limit of a flow", async () => {
    expect(await flow({ name: "patient", timeoutSeconds: month }, () => "done")()).toBe("done");
  });

  it("the time limit of a task", async () => {
    const patient = task({ name: "patient", timeoutSeconds: month }, () => "done");
    expect(await flow("hurried", () => patient())()).toBe("done");
  });

  it.each(["shared", "exclusive"] as const)("the next input of a %s receiver", async (consume) => {
    const waits = flow("waits", async () => {
      const next = receiveInput(z.string(), { timeout: month, pollInterval: month, consume }).next();
      await sendInput("at last", { flowRunId: getRunContext().flowRun.id });
      return next;
    });
    expect(await waits()).toBe("at last");
  });

  it("a reply", async () => {
    const asks = flow("asks", async () => {
      const sent = await sendInput("how many?", { flowRunId: getRunContext().flowRun.id });
      const reply = sent.reply(z.number(), { timeout: month });
      const asked = await receiveInput(z.string(), { timeout: 0, withMetadata: true }).next();
      await asked.respond(5);
      return reply;
    });
    expect(await asks()).toBe(5);
  });
});

it("a reply is waited for no time that makes no sense", async () => {
  await flow("hurries", async () => {
    const sent = await sendInput("well?", { flowRunId: getRunContext().flowRun.id });
    await expect(sent.reply(z.string(), { timeout: -1 })).rejects.toThrow(/0 or more, or null, not -1/);
  })();
});

it("a number that JSON has not is refused, and not sent as null", async () => {
  await flow("miscounts", async () => {
    const { id: flowRunId } = getRunContext().flowRun;
    await expect(sendInput(Number.NaN, { flowRunId })).rejects.toThrow(/NaN is no JSON number/);
  })();
});

it("a grace period that is no number is told before anything is served", async () => {
  vi.stubEnv("ANTIPHON_SHUTDOWN_GRACE", "soon");
  const served = flow("graceful", () => 1).toDeployment({ name: "main" });
  await expect(serve(served)).rejects.toThrow(
    "ANTIPHON_SHUTDOWN_GRACE=soon: must be a number of seconds, 0 or more",
  );
  vi.unstubAllEnvs();
});
