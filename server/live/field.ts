import type { GraphQLResolveInfo } from "graphql";
import type { Context } from "../context.ts";
import type { LiveSource } from "./source.ts";
import { tail } from "./tail.ts";

/** Makes the stream for one set of arguments. May throw GraphQLError to refuse the subscription. */
export type MakeSource<Row, Args> = (args: Args, ctx: Context) => LiveSource<Row> | Promise<LiveSource<Row>>;

/** What a transport finds in the `extensions` of a live subscription field. */
export interface LiveExtension {
  live: MakeSource<unknown, unknown>;
}

/**
 * The part of a subscription field that says where its rows come from; the field's `resolve` gets a row as
 * parent: `t.field({ type, args, ...liveSource((args: Args, ctx) => …), resolve: (row) => … })`.
 */
export function liveSource<Row, Args>(source: MakeSource<Row, Args>) {
  return {
    // The transports know neither rows nor arguments; both come from this very field.
    extensions: { live: source as MakeSource<unknown, unknown> } satisfies LiveExtension,
    // The plain way, for executors that know nothing of `extensions.live`: each subscriber reads for itself.
    subscribe: async (_root: unknown, args: Args, ctx: Context): Promise<AsyncIterableIterator<Row>> =>
      tail(await source(args, ctx), ctx.bus),
  };
}

/** A whole live subscription field: its rows and what is shown of each. Spread it into the field's options. */
export function liveField<Row, Args, Shown>(options: {
  source: MakeSource<Row, Args>;
  resolve: (row: Row, args: Args, ctx: Context, info: GraphQLResolveInfo) => Shown;
}) {
  return { ...liveSource(options.source), resolve: options.resolve };
}
