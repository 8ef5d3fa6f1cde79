import SchemaBuilder from "@pothos/core";
import ErrorsPlugin from "@pothos/plugin-errors";
import PrismaPlugin from "@pothos/plugin-prisma";
import type { Labels } from "../../core/event/event.ts";
import type { Json } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type PrismaTypes from "../generated/pothos-types.ts";
import { getDatamodel } from "../generated/pothos-types.ts";
import { sharedPaths } from "./shared-paths.ts";

/** What every noun adds its types and fields to. Fields are non-null, and arguments optional, unless they say otherwise. */
export const builder = new SchemaBuilder<{
  Context: Context;
  PrismaTypes: PrismaTypes;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: Json; Output: unknown };
    Labels: { Input: Json; Output: Labels };
    LabelSpec: { Input: Json; Output: Readonly<Record<string, string | readonly string[]>> };
  };
}>({
  plugins: [sharedPaths, ErrorsPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  prisma: {
    client: (ctx) => ctx.prisma,
    dmmf: getDatamodel(),
    exposeDescriptions: true,
    onUnusedQuery: process.env.VITEST ? "error" : null,
  },
});

/** The types that the builder knows, for functions over its refs. */
export type SchemaTypesOf =
  typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never;

builder.queryType({ description: "What can be read." });
builder.mutationType({ description: "What can be done. Expected refusals are members of a result's union." });
builder.subscriptionType({
  description: `What can be followed, over WebSocket (\`graphql-transport-ws\`) and over server-sent events, both on \`/graphql\`.

Logs (\`runInputs\`, \`logs\`, \`events\`, \`triggerFired\`) begin behind \`after\` and go on live: in order, nothing missing and nothing twice. Where it is left out, \`runInputs\` and \`logs\` begin with the run's first, \`events\` and \`triggerFired\` with the next one.
States (\`flowRunUpdated\`, \`inputRequested\`, \`flowRunsUpdated\`) begin with the present, the last with the next change, and then follow it: what changed faster than the client reads may be passed over, the last never is.
An unknown run is an error with the code NOT_FOUND, a malformed cursor one with BAD_CURSOR, both before the first item.`,
});
