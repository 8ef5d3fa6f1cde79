/**
 * A flow that stops for somebody's approval and goes on with the answer.
 *
 *   npm run example -- approval
 *
 * It prints where to answer. Open that page, fill in the form, and look here again.
 */
import { flow, getRunLogger, pauseFlowRun, RunInput } from "antiphon";
import { z } from "zod";
import "./support/plain-errors.ts";

class Approval extends RunInput(
  z.object({
    name: z.string().min(1).meta({ title: "Your name" }),
    approved: z.boolean().meta({ title: "Release it", description: "Goes out to all 1,204 subscribers." }),
    comment: z.string().optional().meta({ title: "Anything to add?" }),
  }),
) {}

const approval = flow("approval", async () => {
  const logger = getRunLogger();
  const description = `
## Shall the November letter go out?

It was finished at ${new Date().toLocaleTimeString("en", { timeStyle: "short" })} and has **three** articles:

- How the lighthouse got its second lamp
- A week without a timetable
- Letters from readers
`;
  const answer = await pauseFlowRun({
    waitForInput: Approval.withInitialData({ approved: true }, { description }),
  });
  logger.info(
    answer.approved
      ? `Thank you, ${answer.name}! The letter is on its way.`
      : `All right, ${answer.name}: the letter stays here.`,
  );
  if (answer.comment) logger.info(`You added: ${answer.comment}`);
});

await approval();
