import { messageSchema } from "../../core/run-input/input-schema.ts";
import type { FlowDefinition } from "../flow/definition.ts";

/** JSON Schema of a flow's parameters, of an object without properties where it takes none. Throws UnrepresentableInputType. */
export function parametersSchema(flow: FlowDefinition): unknown {
  if (flow.parameters) return messageSchema(flow.parameters);
  return { type: "object", properties: {}, additionalProperties: false };
}
