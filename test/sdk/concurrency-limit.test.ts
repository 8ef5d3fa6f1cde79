import { expect, it } from "vitest";
import { runDeployment, waitForRun } from "../../sdk/index.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Served } from "./support/served.ts";

const antiphon = useAntiphon();

it("inputs 5.2 rule 6: of a served deployment with a limit of 1 one run begins when the one before has ended", async () => {
  const served = new Served("limited.ts");
  try {
    await served.start(antiphon.url);
    const asked = await Promise.all(
      [1, 2, 3].map(() => runDeployment("exclusive/one-at-a-time", { timeout: 0 })),
    );
    for (const { id } of asked) expect((await waitForRun(id)).state.name).toBe("Completed");
    const states = await antiphon.context?.prisma.flowRunState.findMany({
      where: { flowRun: { deployment: { name: "one-at-a-time" } } },
      orderBy: { timestamp: "asc" },
    });
    const underWay = states?.filter(({ name }) => name === "Pending" || name === "Completed") ?? [];
    expect(underWay.map(({ name }) => name)).toEqual(Array(3).fill(["Pending", "Completed"]).flat());
    const waited = [1, 3].map((at) => Number(underWay[at + 1]?.timestamp) - Number(underWay[at]?.timestamp));
    console.info(`a run takes the slot of the one before after ${waited.join(", ")} ms`);
  } finally {
    await served.close();
  }
});
