import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type DeploymentOptions, flow } from "../../sdk/index.ts";
import { until } from "../support/wire.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Served } from "./support/served.ts";

const antiphon = useAntiphon();
let served: Served;
beforeEach(() => {
  served = new Served("scheduled.ts");
});
afterEach(() => served.close());

function serve(options: Partial<DeploymentOptions>) {
  return served.start(antiphon.url, { OPTIONS: JSON.stringify(options) });
}

function prisma() {
  if (!antiphon.context) throw new Error("there is no server");
  return antiphon.context.prisma;
}

describe("inputs 6.5: a flow that is served with a schedule", () => {
  it("is run by itself, with the schedule's parameters; when it stops nothing piles up, and serving goes on", async () => {
    const options = { parameters: { n: 1 }, schedules: [{ interval: 1, parameters: { n: 2 } }] };
    const script = await serve(options);
    expect(script.output).toContain("Schedules of scheduled/scheduled: 1 created (every 1 s (UTC)).");
    const completed = () =>
      prisma().flowRun.findMany({ where: { stateName: "Completed" }, orderBy: { expectedStart: "asc" } });
    await until("two runs have completed", async () => (await completed()).length >= 2);
    for (const run of await completed()) {
      expect(served.notes(run.id)).toEqual(["2 auto-scheduled"]);
      expect(run.startedAt?.getTime()).toBeGreaterThanOrEqual(run.expectedStart?.getTime() ?? 0);
    }

    script.kill("SIGTERM");
    expect(await script.exited).toMatchObject({ code: 0 });
    const waiting = () =>
      prisma().flowRun.count({ where: { stateName: "Scheduled", scheduledFor: { gt: new Date() } } });
    expect(await waiting()).toBe(0);
    const [stopped] = await prisma().schedule.findMany();
    expect(stopped?.active).toBe(false);

    const again = await serve(options);
    expect(again.output).toContain("1 unchanged");
    await until("runs are made ahead again", async () => (await waiting()) > 50);
    expect(await prisma().schedule.findMany()).toMatchObject([{ id: stopped?.id, active: true }]);
  });

  it("says where a schedule is wrong: itself what is plain, the server what only it can tell", async () => {
    const one = flow({ name: "one", parameters: z.object({}) }, () => undefined);
    const wrong = (options: Partial<DeploymentOptions>) => () => one.toDeployment({ name: "d", ...options });
    expect(wrong({ cron: "0 9 * * *", interval: 60 })).toThrow(
      "deployment of flow one: cron and interval are given; give one of them",
    );
    expect(wrong({ interval: 0 })).toThrow("interval must be at least 1; it is the number 0");
    expect(wrong({ schedules: [{ cron: "0 9 * * *" }, { interval: 5, rrule: "FREQ=DAILY" }] })).toThrow(
      "schedules[1] must have exactly one of cron, interval and rrule; it has interval and rrule",
    );
    expect(wrong({ schedules: [{ cron: "0 9 * * *", timezone: "Europe/Atlantis" }] })).toThrow(
      "schedules[0].timezone must be a time zone",
    );
    expect(wrong({ schedules: [{ cron: "0 9 * * *", catchup: false } as object] })).toThrow(
      'did you mean "catchUp"?',
    );
    const refused = one.serve({ schedules: [{ cron: "0 25 * * *" }] });
    await expect(refused).rejects.toThrow(
      "schedules[0].cron is no cron expression: 25 is no hour; 0 to 23 are",
    );
  });
});
