import { readFileSync } from "node:fs";
import path from "node:path";
import {
  buildSchema,
  findBreakingChanges,
  type GraphQLNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  validate,
} from "graphql";
import { describe, expect, it } from "vitest";
import { printSchema } from "../../server/graphql/print-schema.ts";
import { schema } from "../../server/graphql/schema.ts";
import { defaultQuery } from "../../server/transport/graphiql.ts";
import { missing } from "../contract/missing.ts";

const read = (file: string) => readFileSync(path.join(import.meta.dirname, file), "utf8");
const contract = buildSchema(read("../contract/schema.graphql"));
const served = buildSchema(printSchema());

/** Whether a name such as `Query.events` or `Event` is in the served schema. */
function isServed(name: string): boolean {
  const [typeName = "", fieldName] = name.split(".");
  const type = served.getType(typeName);
  if (type === undefined || fieldName === undefined) return type !== undefined;
  return fieldName in fieldsOf(type);
}

function fieldsOf(type: GraphQLNamedType): Record<string, unknown> {
  return isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? type.getFields() : {};
}

describe("the served schema and the contract", () => {
  it("break nothing but what is named as missing", () => {
    const named = new Set(missing);
    const unnamed = findBreakingChanges(contract, served).filter(({ description }) => {
      const removed = /^(\S+) was removed\.$/.exec(description)?.[1];
      return removed === undefined || !named.has(removed);
    });
    expect(unnamed).toEqual([]);
  });

  it("name as missing only what the contract has and the server has not", () => {
    expect(missing.filter(isServed)).toEqual([]);
    const known = missing.filter((name) => {
      const [typeName = "", fieldName] = name.split(".");
      const type = contract.getType(typeName);
      return type !== undefined && (fieldName === undefined || fieldName in fieldsOf(type));
    });
    expect(known).toEqual(missing);
  });

  it("agree with the committed schema.graphql", () => {
    expect(read("../../schema.graphql")).toBe(printSchema());
  });

  it("describe every type, field, argument and value", () => {
    const bare: string[] = [];
    const check = (name: string, described: { description?: string | null | undefined }) => {
      if (!described.description) bare.push(name);
    };
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith("__") || ["Boolean", "Float", "ID", "Int", "String"].includes(type.name))
        continue;
      check(type.name, type);
      if ("getValues" in type)
        for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
      if (!("getFields" in type)) continue;
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field);
        if ("args" in field)
          for (const arg of field.args) check(`${type.name}.${field.name}(${arg.name})`, arg);
      }
    }
    expect(bare).toEqual([]);
  });
});

it("what the explorer shows first is valid", () => {
  expect(validate(served, parse(defaultQuery))).toEqual([]);
});
