/**
 * A flow that needs a signature which may take days. It suspends: its process ends, and nothing is kept running. Once
 * somebody has signed, the flow runs again from its first line; what its tasks returned is taken from the store.
 *
 *   npm run example -- sign-off                   serves the deployment sign-off/monthly
 *   npm run example -- sign-off start November    in a second terminal: starts a run of it
 */
import { setTimeout as sleep } from "node:timers/promises";
import { flow, getClient, getRunLogger, RunInput, runDeployment, suspendFlowRun, task } from "antiphon";
import { z } from "zod";
import "./support/plain-errors.ts";

class SignOff extends RunInput(
  z.object({
    signature: z.string().min(1).meta({ title: "Signed by" }),
    publish: z.boolean().meta({ title: "Publish the report" }),
  }),
) {}

interface Report {
  month: string;
  visitors: number;
}

const writeReport = task("write-report", async (month: string): Promise<Report> => {
  getRunLogger().info(`Writing the report for ${month}. This takes a while, and is done once.`);
  return { month, visitors: 1000 + Math.floor(Math.random() * 1000) };
});

const publish = task("publish", async (report: Report, signature: string) => {
  getRunLogger().info(`Published: ${report.visitors} visitors in ${report.month}, signed by ${signature}.`);
});

const signOff = flow(
  { name: "sign-off", parameters: z.object({ month: z.string().default("November") }) },
  async ({ month }) => {
    const report = await writeReport(month);
    const description = `The report for **${report.month}** counts ${report.visitors} visitors.`;
    const answer = await suspendFlowRun({
      waitForInput: SignOff.withInitialData({ publish: true }, { description }),
    });
    if (answer.publish) await publish(report, answer.signature);
    else getRunLogger().info(`Put away, says ${answer.signature}.`);
  },
);

async function untilAsked(id: string): Promise<void> {
  for (let looks = 1; ; looks++) {
    const { state } = await getClient().readFlowRun(id);
    if (state.name === "Suspended") return;
    if (state.isFinal()) throw new Error(`Nobody was asked, the run is ${state.name}.`);
    if (looks === 6 && state.name === "Scheduled")
      console.log("waiting for a runner: npm run example -- sign-off");
    await sleep(500);
  }
}

if (process.argv[2] === "start") {
  const parameters = process.argv[3] === undefined ? {} : { month: process.argv[3] };
  const run = await runDeployment("sign-off/monthly", { parameters, timeout: 0 });
  console.log(`Started ${run.name}: ${run.uiUrl}`);
  await untilAsked(run.id);
  console.log(`It waits for its signature at ${run.uiUrl}/resume`);
} else {
  await signOff.serve({ name: "monthly" });
}
