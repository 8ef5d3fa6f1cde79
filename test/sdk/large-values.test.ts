import { expect, it, vi } from "vitest";
import { z } from "zod";
import {
  ApiError,
  flow,
  getClient,
  getRunContext,
  getRunLogger,
  JsonBlock,
  receiveInput,
  sendInput,
} from "../../sdk/index.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);

/** More than one message to the server may have. */
const tooLong = "x".repeat(3_000_000);

it("what is too large for a message is refused with both numbers, and the socket stays for all others", async () => {
  const large = flow("large", async () => {
    const flowRunId = getRunContext().flowRun.id;
    const next = receiveInput(z.string()).next();
    const others = Array.from({ length: 10 }, () => getClient().readFlowRun(flowRunId));
    const refused = await new JsonBlock(tooLong).save("large").catch((error) => error);
    expect(refused).toBeInstanceOf(ApiError);
    expect(refused).toMatchObject({
      code: "REQUEST_TOO_LARGE",
      message: expect.stringMatching(/^the request has 3000\d\d\d bytes, and at most 20\d{5} are taken: /),
    });
    expect(await Promise.all(others)).toHaveLength(10);
    await sendInput("still there", { flowRunId });
    return next;
  });
  expect(await large()).toBe("still there");
});

it("log lines that are too many for one message are stored all, in their order", async () => {
  const terminal = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const lines = Array.from({ length: 40 }, (_, number) => `${number} `.padEnd(99_000, "é"));
  await flow("talkative", () => {
    for (const line of lines) getRunLogger().info(line);
  })();
  terminal.mockRestore();
  const { logs } = await person.runIn("talkative", "Completed");
  expect(logs.nodes.map(({ message }) => message === lines[Number.parseInt(message, 10)])).toEqual(
    lines.map(() => true),
  );
});

it("an error with too long a text fails its run, which keeps the beginning", async () => {
  const terminal = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const fails = flow("wordy", () => {
    throw new Error(tooLong);
  });
  await expect(fails()).rejects.toThrow(tooLong);
  terminal.mockRestore();
  const { state } = await person.runIn("wordy", "Failed");
  expect(state.message === tooLong.slice(0, 100_000)).toBe(true);
});
