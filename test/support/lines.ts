import {
  GraphQLError,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from "graphql";
import type { Bus } from "../../server/bus/bus.ts";
import { logsTopic } from "../../server/bus/topic.ts";
import type { Context } from "../../server/context.ts";
import { liveSource } from "../../server/live/field.ts";
import type { LiveSource } from "../../server/live/source.ts";
import type { Answer } from "./wire.ts";

interface Line {
  seq: number;
  text: string;
}

interface LineArgs {
  after?: string | null;
  tag?: string | null;
}

/** Follows the lines of a server of {@link Lines}. */
export const followLines = "subscription Follow($after: String) { lines(after: $after) { seq text } }";

/** The texts that such a stream has shown. */
export function textsOf(answers: readonly Answer[]): unknown[] {
  return answers.map(({ data }) => (data?.lines as { text: string } | undefined)?.text);
}

/** A small product: lines in memory that are written and followed. It counts what is done for its readers. */
export class Lines {
  readonly lines: Line[] = [];
  /** The field's resolver was called so often. */
  rendered = 0;
  /** `readAfter` was called so often. */
  reads = 0;
  /** Private streams that are open. */
  open = 0;
  /** While it is set, reading fails with it. */
  failure: Error | undefined;
  readonly schema: GraphQLSchema;

  constructor(readonly topic = logsTopic("lines")) {
    const line = new GraphQLObjectType<Line, Context>({
      name: "Line",
      fields: {
        seq: { type: new GraphQLNonNull(GraphQLInt) },
        text: { type: new GraphQLNonNull(GraphQLString) },
        secret: {
          type: GraphQLString,
          resolve: () => {
            throw new Error("the password is 1234");
          },
        },
        self: { type: new GraphQLNonNull(GraphQLInt), resolve: ({ seq }) => seq },
      },
    });
    const args = { after: { type: GraphQLString }, tag: { type: GraphQLString } };
    const resolve = (row: unknown) => {
      this.rendered++;
      return row;
    };
    const field = (source: (args: LineArgs) => LiveSource<Line>) => ({
      type: new GraphQLNonNull(line),
      args,
      ...liveSource((given: LineArgs) => source(given)),
      resolve,
    });
    this.schema = new GraphQLSchema({
      query: new GraphQLObjectType({
        name: "Query",
        fields: (): import("graphql").GraphQLFieldConfigMap<unknown, Context> => ({
          count: { type: GraphQLInt, resolve: () => this.lines.length },
          last: { type: line, resolve: () => this.lines.at(-1) },
          secret: {
            type: GraphQLString,
            resolve: () => {
              throw new Error("the password is 1234");
            },
          },
        }),
      }),
      mutation: new GraphQLObjectType({
        name: "Mutation",
        fields: {
          write: {
            type: GraphQLInt,
            args: { text: { type: new GraphQLNonNull(GraphQLString) } },
            resolve: (_root, { text }, ctx: Context) => this.write(ctx.bus, String(text)),
          },
        },
      }),
      subscription: new GraphQLObjectType({
        name: "Subscription",
        fields: {
          lines: field((given) => this.#source(given)),
          newest: field((given) => ({
            ...this.#source(given),
            kind: "state",
            open: async () => ({ first: this.lines.slice(-1), position: this.lines.length }),
            readAfter: async (position) =>
              this.lines.length > position
                ? this.lines.slice(-1).map((row) => ({ position: row.seq, row }))
                : [],
          })),
          mine: field((given) => ({
            ...this.#source(given),
            shared: false,
            open: async () => {
              this.open++;
              return this.#source(given).open();
            },
            close: async () => {
              this.open--;
            },
          })),
        },
      }),
    });
  }

  write(bus: Bus, ...texts: string[]): number {
    for (const text of texts) this.lines.push({ seq: this.lines.length + 1, text });
    bus.notify(this.topic);
    return this.lines.length;
  }

  #source({ after }: LineArgs): LiveSource<Line> {
    return {
      topic: this.topic,
      kind: "log",
      open: async () => {
        if (after === "missing")
          throw new GraphQLError("no such line", { extensions: { code: "NOT_FOUND" } });
        if (after === "broken") throw new Error("the password is 1234");
        if (after && !/^\d+$/.test(after))
          throw new GraphQLError("no cursor", { extensions: { code: "BAD_CURSOR" } });
        return { first: [], position: after ? Number(after) : this.lines.length };
      },
      readAfter: async (position, limit) => {
        this.reads++;
        if (this.failure !== undefined) throw this.failure;
        return this.lines.slice(position, position + limit).map((row) => ({ position: row.seq, row }));
      },
    };
  }
}
