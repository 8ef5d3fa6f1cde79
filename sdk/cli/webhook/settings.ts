import type { WebhookAuthInput, WebhookAuthType, WebhookInput } from "../../gql/graphql.ts";
import { UsageError } from "../failure.ts";
import { readText } from "../read-text.ts";

/** The options that set a webhook up, as they were typed. */
export interface SettingsOptions {
  description?: string;
  method?: string[];
  auth?: string;
  secret?: string[];
  header?: string;
  algorithm?: string;
  prefix?: string;
  encoding?: string;
  timestampHeader?: string;
  tolerance?: string;
  rate?: string;
  allowReserved?: boolean;
}

/** What of a webhook the options say. */
export async function readSettings(
  options: SettingsOptions,
): Promise<Omit<WebhookInput, "name" | "template">> {
  const { description, method, rate, allowReserved } = options;
  return {
    ...(description !== undefined && { description }),
    ...(method !== undefined && { allowedMethods: method }),
    ...(rate !== undefined && { rateLimit: readNumber("--rate", rate) }),
    ...(allowReserved !== undefined && { allowReserved }),
    ...(await readAuth(options)),
  };
}

/** The text of an option: as it stands, or from a file (`@FILE`) or the standard input (`-`). */
export async function readGiven(given: string): Promise<string> {
  return given === "-" || given.startsWith("@") ? readText(given.replace(/^@/, "")) : given;
}

async function readAuth(options: SettingsOptions): Promise<{ auth?: WebhookAuthInput }> {
  const { auth, secret, header, algorithm, prefix, encoding, timestampHeader, tolerance } = options;
  const details = { secret, header, algorithm, prefix, encoding, timestampHeader, tolerance };
  if (auth === undefined) {
    if (Object.values(details).every((value) => value === undefined)) return {};
    throw new UsageError("say with --auth how requests prove who sends them");
  }
  const secrets = secret && (await Promise.all(secret.map(async (one) => (await readGiven(one)).trim())));
  return {
    auth: {
      // The choices of these options are the names of the API's values.
      type: constant(auth) as WebhookAuthType,
      ...(secrets !== undefined && { secrets }),
      ...(header !== undefined && { header }),
      ...(algorithm !== undefined && { algorithm: constant(algorithm) as WebhookAuthInput["algorithm"] }),
      ...(prefix !== undefined && { prefix }),
      ...(encoding !== undefined && { encoding: constant(encoding) as WebhookAuthInput["encoding"] }),
      ...(timestampHeader !== undefined && { timestampHeader }),
      ...(tolerance !== undefined && { tolerance: readNumber("--tolerance", tolerance) }),
    },
  };
}

function constant(word: string): string {
  return word.toUpperCase().replaceAll("-", "_");
}

export function readNumber(option: string, given: string): number {
  const number = Number(given);
  if (given.trim() !== "" && Number.isFinite(number) && number >= 0) return number;
  throw new UsageError(`${option} ${JSON.stringify(given)} is no number of 0 or more`);
}
