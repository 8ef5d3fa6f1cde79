import { z } from "zod";

/** What forms say of a field. */
export interface Shown {
  readonly title: string;
  readonly description?: string;
}

/** A field that is never shown once it is stored. */
function asSecret<Schema extends z.ZodType>(schema: Schema): Schema {
  return schema.meta({ ...schema.meta(), writeOnly: true, format: "password" });
}

/** Text that goes into one line of a request or a letter. */
export const line = (most = 1000) =>
  z
    .string()
    .min(1, { error: "must not be empty", abort: true })
    .max(most, { error: `must have at most ${most} characters` })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    .regex(/^[^\u0000-\u001f\u007f]*$/, { error: "must not hold line breaks or other control characters" })
    .meta({ format: "line" });

export const secretLine = (shown: Shown) => asSecret(line().meta({ ...shown }));

export const secretText = () =>
  asSecret(
    z
      .string()
      .min(1, { error: "must not be empty" })
      .max(8000, { error: "must have at most 8000 characters" }),
  );

const isWebUrl = (text: string) =>
  /^https?:\/\//i.test(text) && URL.canParse(text) && new URL(text).hostname !== "";

export const webUrl = () =>
  line(8000).refine(isWebUrl, { error: "must be a URL that begins with https:// or http://" });

/** An address that may hold a secret, so that messages do not repeat it. */
export const secretUrl = (shown: Shown) => asSecret(webUrl().meta({ ...shown }));

/** Headers that are ours, or the connection's. */
const ownHeaders =
  /^(?:host|connection|keep-alive|content-length|transfer-encoding|upgrade|te|trailer|expect|webhook-.*|antiphon-.*|idempotency-key|proxy-.*)$/i;

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, { error: "is no name of a header" })
  .refine((name) => !ownHeaders.test(name), { error: "is a header that the server itself sets" });

/** The values are secret, the names are not. */
export const secretHeaders = (shown: Shown) =>
  z
    .record(headerName, asSecret(line(8000)))
    .default({})
    .meta({ ...shown });

export const flag = (otherwise: boolean, shown: Shown) =>
  z
    .boolean()
    .default(otherwise)
    .meta({ ...shown });

export const port = () =>
  z.int().min(1, { error: "must be from 1 to 65535" }).max(65_535, { error: "must be from 1 to 65535" });

/** Where a service's data is. */
export const region = (description: string) =>
  z.enum(["us", "eu"]).default("us").meta({ title: "Region", description });

/** What is added to every alert. */
export const details = (description: string) =>
  z
    .record(line(200), z.string().max(1000, { error: "must have at most 1000 characters" }))
    .default({})
    .meta({ title: "Details", description });

/** Seconds. */
export const timeout = () =>
  z
    .number()
    .min(1, { error: "must be at least 1" })
    .max(60, { error: "must be at most 60" })
    .default(10)
    .meta({ title: "Timeout", description: "Seconds for one attempt." });
