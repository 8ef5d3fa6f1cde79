import { z } from "zod";
import type { LoopLimits } from "../core/automation/loop-guard.ts";
import { type AllowedAddresses, readAllowedAddresses } from "./outgoing/allowed-addresses.ts";

const empty = (value: unknown) => (value === "" ? undefined : value);
const number = (fallback: number, least: number, most: number, kind = "a number") => {
  const error = `must be ${kind} from ${least} to ${most}`;
  return z.preprocess(
    empty,
    z.coerce.number({ error }).min(least, { error }).max(most, { error }).default(fallback),
  );
};
const count = (fallback: number, least: number, most: number) =>
  number(fallback, least, most, "a whole number").pipe(
    z.number().int({ error: `must be a whole number from ${least} to ${most}` }),
  );
const flag = () => {
  const error = "must be true or false";
  const words = z.enum(["true", "false", "1", "0"], { error }).default("false");
  return z.preprocess(
    empty,
    words.transform((word) => word === "true" || word === "1"),
  );
};

const origin = z.string().transform((given, issues) => {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.host && /^https?:$/.test(url.protocol)) return url.origin;
  issues.addIssue({
    code: "custom",
    message: `${JSON.stringify(given)} is no origin such as https://example.org`,
  });
  return z.NEVER;
});

const allowedAddresses = (given: string[], issues: z.RefinementCtx<string[]>): AllowedAddresses => {
  const { allowed, wrong } = readAllowedAddresses(given);
  if (wrong.length === 0) return allowed;
  const names = wrong.map((entry) => JSON.stringify(entry)).join(", ");
  issues.addIssue({
    code: "custom",
    message: `${names} is no host, address or network such as 10.0.0.0/8`,
  });
  return z.NEVER;
};

const secretKey = (given: string, issues: z.RefinementCtx<string>): Buffer => {
  const key = Buffer.from(given, "base64");
  if (key.length === 32) return key;
  issues.addIssue({
    code: "custom",
    message: "must be 32 bytes in base64, such as `openssl rand -base64 32` makes",
  });
  return z.NEVER;
};

const databaseUrl = z.string().refine((given) => /^postgres(ql)?:\/\//.test(given) && URL.canParse(given), {
  error: "must be a URL such as postgres://user:password@host:5432/database",
});

const environment = z.object({
  /** The address that is listened on. */
  HOST: z.preprocess(empty, z.string().default("127.0.0.1")),
  /** 0 takes any free port. */
  PORT: count(4200, 0, 65_535),
  /** The Postgres to use; without it the embedded one is started. */
  DATABASE_URL: z.preprocess(empty, databaseUrl.optional()),
  /** The folder of the embedded database and its logs. */
  ANTIPHON_DATA_DIR: z.preprocess(empty, z.string().default(".antiphon")),
  /** What links into the console begin with; without it http://HOST:PORT. */
  ANTIPHON_PUBLIC_URL: z.preprocess(
    empty,
    z
      .url({ protocol: /^https?$/, error: "expected a URL such as https://antiphon.example.org" })
      .transform((url) => url.replace(/\/+$/, ""))
      .optional(),
  ),
  /** Origins of other sites whose pages may call the API, separated by commas. */
  ANTIPHON_ALLOWED_ORIGINS: z.preprocess(
    (value) => (typeof value === "string" ? value.split(/[\s,]+/).filter(Boolean) : value),
    z.array(origin).default([]),
  ),
  /** The largest request, in bytes. */
  ANTIPHON_MAX_REQUEST_BYTES: count(64 * 1024 * 1024, 1024, 256 * 1024 ** 2),
  /** How many fields of a query may be inside each other. */
  ANTIPHON_MAX_DEPTH: count(20, 1, 1000),
  /** The largest JSON value that is stored, in bytes. */
  ANTIPHON_MAX_VALUE_BYTES: count(512 * 1024, 1, 256 * 1024 ** 2),
  /** How long a process may take to judge an answer before it is accepted unjudged, in seconds. */
  ANTIPHON_VALIDATION_TIMEOUT: number(5, 0.01, 60),
  /** How long log lines are kept, in days. */
  ANTIPHON_LOG_RETENTION: number(30, 1, 36_500),
  /** How long an ended run is kept with all that belongs to it, in days. */
  ANTIPHON_RUN_RETENTION: number(365, 1, 36_500),
  /** How long events are kept, in whole days. */
  ANTIPHON_EVENT_RETENTION: count(7, 1, 36_500),
  /** The number of automations in a chain from which on a firing carries out nothing. */
  ANTIPHON_LOOP_DEPTH: count(8, 1, 1000),
  /** More firings a minute than this, on what it has led to itself, pause an automation. */
  ANTIPHON_LOOP_FIRINGS: count(600, 1, 1_000_000),
  /** So do more runs than this, started or retried. */
  ANTIPHON_LOOP_RUNS: count(10, 1, 1_000_000),
  /** Failures in a row after which an action is carried out no more; 0 for none. */
  ANTIPHON_ACTION_FAILURES: count(20, 0, 1_000_000),
  /** Requests a second that one webhook takes, where it does not say otherwise; twice as many may come at once. */
  ANTIPHON_WEBHOOK_RATE: number(60, 0.01, 100_000),
  /** Deliveries that are kept of each webhook, the newest. */
  ANTIPHON_WEBHOOK_DELIVERIES: count(100, 1, 10_000),
  /** Whether webhooks whose requests prove nothing are closed. */
  ANTIPHON_WEBHOOK_REQUIRE_AUTH: flag(),
  /** Hosts, addresses and networks that outgoing calls may go to though they are private, separated by commas. */
  ANTIPHON_ALLOW_PRIVATE_ADDRESSES: z.preprocess(
    (value) => (typeof value === "string" ? value.split(/[\s,]+/).filter(Boolean) : []),
    z.array(z.string()).transform(allowedAddresses),
  ),
  /** What the secrets of blocks are sealed with at rest: 32 bytes in base64; without it, a key in the data folder. */
  ANTIPHON_SECRET_KEY: z.preprocess(empty, z.string().transform(secretKey).optional()),
});

/** What holds for inbound webhooks. */
export interface WebhookSettings {
  /** Requests a second, for each that does not say otherwise. */
  rate: number;
  /** Kept of each. */
  deliveries: number;
  /** Whether those without any proof of who calls are closed. */
  requireAuth: boolean;
}

/** How this server is set up: what the environment says, parsed. */
export interface Settings {
  host: string;
  /** 0: any free port. */
  port: number;
  /** Undefined: the embedded Postgres. */
  databaseUrl: string | undefined;
  dataDir: string;
  /** Without a slash at its end. */
  publicUrl: string;
  /** As browsers write them, such as `https://example.org`. */
  allowedOrigins: string[];
  /** bytes */
  maxRequestBytes: number;
  /** fields inside each other */
  maxDepth: number;
  /** bytes of JSON text */
  maxValueBytes: number;
  /** milliseconds */
  validationTimeout: number;
  /** days */
  logRetention: number;
  /** days */
  runRetention: number;
  /** whole days */
  eventRetention: number;
  loopLimits: LoopLimits;
  /** 0: no number of them disables an action. */
  actionFailures: number;
  webhooks: WebhookSettings;
  allowedAddresses: AllowedAddresses;
  /** 32 bytes. Undefined: the key in the data folder. */
  secretKey: Buffer | undefined;
}

/**
 * Reads the settings from the environment.
 *
 * @throws with one line for each variable that is wrong, its value and what it may be
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw new Error(explain(parsed.error, env));
  const { data } = parsed;
  return {
    host: data.HOST,
    port: data.PORT,
    databaseUrl: data.DATABASE_URL,
    dataDir: data.ANTIPHON_DATA_DIR,
    publicUrl: data.ANTIPHON_PUBLIC_URL ?? urlOf(data.HOST, data.PORT),
    allowedOrigins: data.ANTIPHON_ALLOWED_ORIGINS,
    maxRequestBytes: data.ANTIPHON_MAX_REQUEST_BYTES,
    maxDepth: data.ANTIPHON_MAX_DEPTH,
    maxValueBytes: data.ANTIPHON_MAX_VALUE_BYTES,
    validationTimeout: data.ANTIPHON_VALIDATION_TIMEOUT * 1000,
    logRetention: data.ANTIPHON_LOG_RETENTION,
    runRetention: data.ANTIPHON_RUN_RETENTION,
    eventRetention: data.ANTIPHON_EVENT_RETENTION,
    loopLimits: {
      depth: data.ANTIPHON_LOOP_DEPTH,
      firings: data.ANTIPHON_LOOP_FIRINGS,
      runs: data.ANTIPHON_LOOP_RUNS,
    },
    actionFailures: data.ANTIPHON_ACTION_FAILURES,
    webhooks: {
      rate: data.ANTIPHON_WEBHOOK_RATE,
      deliveries: data.ANTIPHON_WEBHOOK_DELIVERIES,
      requireAuth: data.ANTIPHON_WEBHOOK_REQUIRE_AUTH,
    },
    allowedAddresses: data.ANTIPHON_ALLOW_PRIVATE_ADDRESSES,
    secretKey: data.ANTIPHON_SECRET_KEY,
  };
}

/** The URL at which a server that listens on `host` is reached from its own machine. */
export function urlOf(host: string, port: number): string {
  const reached = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}

/** Settings whose values may hold a password or are a key. */
const secret = new Set(["DATABASE_URL", "ANTIPHON_SECRET_KEY"]);

function explain(error: z.ZodError, env: Record<string, string | undefined>): string {
  const lines = error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const value = secret.has(name) ? "(not shown)" : (env[name] ?? "");
    return `  ${name}=${value}: ${issue.message}`;
  });
  return `The environment has settings that cannot be used:\n${lines.join("\n")}`;
}
