import { describe, expect, it } from "vitest";
import { parameterWarnings } from "../../../core/automation/parameter-warnings.ts";
import type { JsonObject } from "../../../core/json.ts";
import { compileCheck } from "../../../core/json-schema/check-value.ts";

const schema = {
  type: "object",
  properties: {
    order: { type: "integer" },
    total: { type: "number" },
    note: { type: "string", default: "" },
  },
  required: ["order", "total"],
};
const said = (given: JsonObject, more: { parameters?: JsonObject; schema?: JsonObject } = {}) => {
  const deployment = { name: "orders/main", parameters: {}, schema, ...more };
  const check = compileCheck(deployment.schema);
  return parameterWarnings(given, deployment, check, ["actions", "0", "parameters"]).map(
    ({ message }) => message,
  );
};

describe("actions 1.3: parameters with which a deployment's runs could only fail", () => {
  it("an unknown name with the nearest, and those that nobody gives", () => {
    expect(said({ ordr: 4 })).toEqual([
      'actions[0].parameters.ordr is no parameter of orders/main; did you mean "order"?',
      "actions[0].parameters.order is not given: orders/main requires it and has no default for it",
      "actions[0].parameters.total is not given: orders/main requires it and has no default for it",
    ]);
    expect(said({})).toHaveLength(2);
  });

  it("nothing is missing that has a default or that a template gives", () => {
    expect(said({ order: "{{ event.payload.order }}" }, { parameters: { total: 1 } })).toEqual([]);
  });

  it("a value that does not fit", () => {
    expect(said({ order: "four", total: 1 })).toEqual([
      'actions[0].parameters.order does not fit the parameters of orders/main: must be a whole number, not the text "four"',
    ]);
  });

  it("a wrong default of the deployment is not this automation's", () => {
    expect(said({ order: 1 }, { parameters: { total: "x" } })).toEqual([]);
  });

  it("a schema that takes others takes others", () => {
    expect(
      said({ order: 1, total: 1, other: 1 }, { schema: { ...schema, additionalProperties: true } }),
    ).toEqual([]);
  });

  it("what a placeholder of all of them gives is not known", () => {
    expect(said({ __prefect_kind: "json", value: "{}" })).toEqual([]);
    expect(said({ x: 1 }, { parameters: { __prefect_kind: "json", value: "{}" } })).toEqual([
      expect.stringMatching(/^actions\[0\]\.parameters\.x is no parameter/),
    ]);
  });
});
