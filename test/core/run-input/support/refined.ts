import { expect } from "vitest";
import { z } from "zod";
import type { Json } from "../../../../core/json.ts";
import { compileCheck } from "../../../../core/json-schema/check-value.ts";
import { describeInput } from "../../../../core/run-input/input-type.ts";
import { compare, oneOfFields, requires } from "../../../../core/run-input/refinement.ts";

type Issues = [string, string][];

/** What the flow's own schema says, which must be what the form and the server say. */
export function issues(type: z.ZodType, value: Json): Issues {
  const zod = (type.safeParse(value).error?.issues ?? []).map((issue) => [
    issue.path.join("."),
    issue.message,
  ]) as Issues;
  const result = compileCheck(describeInput(type).messageSchema)(value);
  const schema = result.ok
    ? []
    : result.issues.map((issue): [string, string] => [issue.path.join("."), issue.message]);
  expect(schema).toEqual(zod);
  return zod;
}

export const Stay = z
  .object({ from: z.iso.date(), to: z.iso.date(), guests: z.int().optional(), beds: z.int().optional() })
  .check(compare("from", "<=", "to"), compare("guests", "<=", "beds"));
export const Address = z
  .object({ street: z.string().optional(), city: z.string().nullish(), zip: z.string().optional() })
  .check(requires("street", "city", "zip"));
export const Contact = z
  .object({ email: z.email().optional(), phone: z.e164().optional(), fax: z.e164().optional() })
  .check(oneOfFields("email", "phone", "fax"));
