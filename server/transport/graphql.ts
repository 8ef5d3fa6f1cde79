import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLSchema } from "graphql";
import { createYoga, type Plugin, type YogaServerInstance } from "graphql-yoga";
import type { Actor, Context } from "../context.ts";
import { LiveGroups } from "../live/groups.ts";
import type { LiveRequest, LiveRuntime } from "../live/operation.ts";
import { type LiveAnswer, type MaskError, subscribeLive } from "../live/subscribe-live.ts";
import { BodyMemory } from "./body-memory.ts";
import { limitBulk } from "./bulk.ts";
import { Compiler } from "./compile.ts";
import { checkVariables, limitComplexity, parseDocument } from "./limits.ts";
import { LiveResults } from "./live-results.ts";
import { createMaskError, formatResult, unexpected } from "./mask-error.ts";
import { readRequestBody } from "./request-body.ts";
import type { UnderWay } from "./under-way.ts";

export type Report = (what: string, cause: unknown) => void;

export interface GraphQLOptions {
  schema: GraphQLSchema;
  /** What each operation's context begins with. */
  context: Omit<Context, "actor" | "signal">;
  report: Report;
  /** Operations that are being executed, however they came. */
  underWay: UnderWay;
}

/** What Yoga hands to plugins and to the making of contexts. */
interface ServerContext {
  req?: IncomingMessage;
  res?: ServerResponse;
  /** Of an operation that came over a socket: aborted when that closes. */
  socketClosed?: AbortSignal;
}

export interface GraphQLService {
  schema: GraphQLSchema;
  yoga: YogaServerInstance<ServerContext, Context>;
  /** All live subscriptions, over WebSocket and SSE. */
  groups: LiveGroups;
  /** Responses that stream events. */
  streams: Set<ServerResponse>;
  subscribe(request: LiveRequest): Promise<LiveAnswer>;
  mask: MaskError;
}

/** One way to execute operations, however they come. */
export function createGraphQL(options: GraphQLOptions): GraphQLService {
  const { schema, report, underWay } = options;
  const { settings, bus } = options.context;
  const compiler = new Compiler(schema);
  const mask = createMaskError(report);
  const groups = new LiveGroups(bus, report);
  const newContext = (actor: Actor): Context => ({ ...options.context, actor });
  const runtime: LiveRuntime = {
    newContext,
    execute: async (request, row, ctx) => {
      const execute = compiler.get(request.document, request.operationName);
      return formatResult(await underWay.run(() => execute(row, ctx, request.variableValues)), mask);
    },
  };
  const subscribe = (request: LiveRequest) => subscribeLive(request, { groups, runtime, mask });

  const streams = new Set<ServerResponse>();
  /** Bytes of requests' bodies. */
  const sizes = new WeakMap<IncomingMessage, number>();
  const yoga = createYoga<ServerContext, Context>({
    schema,
    context: ({ req, request, socketClosed }) => ({
      ...newContext({ kind: "operator" }),
      // Yoga makes a request only of one that came over HTTP.
      signal: req === undefined ? socketClosed : request.signal,
    }),
    plugins: [
      acceptJsonOnly(settings.maxRequestBytes, sizes),
      limitBulk(sizes),
      limitOperations(settings.maxDepth),
      compileOperations(compiler, underWay),
      streamLiveFields(subscribe, streams),
    ],
    maskedErrors: { maskError: mask, errorMessage: unexpected, isDev: false },
    // Our own: the origins, the health checks, the page and the size of bodies are decided before Yoga.
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    maxRequestBodySize: false,
    batching: false,
    logging: {
      debug: () => undefined,
      info: () => undefined,
      warn: (...parts) => report(parts.map(String).join(" "), undefined),
      error: () => undefined, // what it masks, which is reported there
    },
  });
  return { schema, yoga, groups, streams, subscribe, mask };
}

/** Takes bodies in JSON alone, read from the request itself: no other form can be sent by other sites' pages. */
function acceptJsonOnly(
  limit: number,
  sizes: WeakMap<IncomingMessage, number>,
): Plugin<object, ServerContext> {
  const memory = new BodyMemory(limit);
  return {
    onRequestParse({ request, serverContext, setRequestParser }) {
      const { req, res } = serverContext;
      if (request.method === "POST" && req !== undefined)
        setRequestParser(async () => {
          const hold = memory.open(req);
          if (res === undefined || res.closed) hold.release();
          else res.once("close", () => hold.release());
          const { value, bytes } = await readRequestBody(req, limit, hold);
          sizes.set(req, bytes);
          // Yoga checks the form of what it gets here, with a message for each mistake.
          return value as Record<string, unknown>;
        });
    },
  };
}

function limitOperations(maxDepth: number): Plugin<object, ServerContext> {
  const complexity = limitComplexity(maxDepth);
  return {
    onParams: ({ params }) => checkVariables(params.variables),
    onParse: ({ setParseFn }) => setParseFn(parseDocument),
    onValidate: ({ addValidationRule }) => addValidationRule(complexity),
  };
}

function compileOperations(compiler: Compiler, underWay: UnderWay): Plugin<object, ServerContext> {
  return {
    onExecute({ args, setExecuteFn }) {
      const { document, operationName, rootValue, contextValue, variableValues } = args;
      const execute = compiler.get(document, operationName);
      setExecuteFn(() => underWay.run(() => execute(rootValue, contextValue, variableValues)));
    },
  };
}

/** Serves live fields over HTTP as streams of results whose text is shared by all who get them. */
function streamLiveFields(
  subscribe: GraphQLService["subscribe"],
  streams: Set<ServerResponse>,
): Plugin<Context, ServerContext> {
  return {
    onSubscribe({ args, subscribeFn, setSubscribeFn }) {
      const { res, actor }: ServerContext & Context = args.contextValue;
      setSubscribeFn(async () => {
        const opened = await subscribe({
          schema: args.schema,
          document: args.document,
          operationName: args.operationName,
          variableValues: args.variableValues,
          actor,
        });
        if (opened === undefined) return subscribeFn(args);
        if ("errors" in opened) return opened;
        if (res !== undefined) {
          streams.add(res);
          res.once("close", () => streams.delete(res));
        }
        return new LiveResults(opened, res);
      });
    },
  };
}
