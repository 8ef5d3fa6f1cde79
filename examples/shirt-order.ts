/**
 * A question with a rule that no form can know: there are no small green shirts.
 *
 *   npm run example -- shirt-order           the rule is checked before an answer is accepted
 *   npm run example -- shirt-order after     the code is given every answer and asks again by itself
 *
 * Order a small green one and see.
 */
import { flow, getRunLogger, InputValidationError, pauseFlowRun, RunInput } from "antiphon";
import { z } from "zod";
import "./support/plain-errors.ts";

const shirt = z
  .object({
    size: z.enum(["small", "medium", "large", "xlarge"]),
    color: z.enum(["red", "green", "black"]),
  })
  .refine(({ size, color }) => size !== "small" || color !== "green", {
    path: ["color"],
    error: "Small shirts are sold out in green: take another colour or size.",
  });

class ShirtOrder extends RunInput(shirt) {}

/** Who orders the impossible sees it in the form, and the form stays open. Nothing of that gets here. */
const orderShirt = flow("shirt-order", async () => {
  const order = await pauseFlowRun({ waitForInput: ShirtOrder });
  getRunLogger().info(`Ordered: ${order.size}, ${order.color}.`);
});

/** The answer ends the pause whatever the rule says of it; each turn of the loop is a new question. */
const orderShirtAfter = flow("shirt-order-after", async () => {
  const logger = getRunLogger();
  let order: ShirtOrder | undefined;
  while (!order) {
    try {
      order = await pauseFlowRun({ waitForInput: ShirtOrder, validate: "after" });
    } catch (error) {
      if (!(error instanceof InputValidationError)) throw error;
      logger.warn(error.issues.map(({ message }) => message).join(" "));
    }
  }
  logger.info(`Ordered: ${order.size}, ${order.color}.`);
});

await (process.argv[2] === "after" ? orderShirtAfter() : orderShirt());
