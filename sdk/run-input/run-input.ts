import { metadataOf, runInputClassOf } from "../../core/run-input/run-input-brand.ts";
import { createRunInput } from "../../core/run-input/run-input-class.ts";
import { receiveInput } from "./receive-input.ts";
import { respondTo } from "./respond.ts";
import { sendInput } from "./send-input.ts";

/**
 * Makes a class of inputs with the fields of a Zod object: `class Order extends RunInput(z.object({ … })) {}`. The
 * class's name is the input type's.
 */
export const RunInput = createRunInput({
  respond: (instance, value, options) => respondTo(metadataOf(instance), value, options),
  sendTo: (instance, flowRunId, options) => {
    const type = runInputClassOf(instance);
    return sendInput(instance, { ...options, flowRunId, ...(type ? { type } : {}) });
  },
  receive: (type, options) => receiveInput(type, options),
});
