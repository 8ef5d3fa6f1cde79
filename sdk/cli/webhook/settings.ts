import type {
  WebhookAuthInput,
  WebhookAuthType,
  WebhookInput,
  WebhookPartsFragment,
} from "../../gql/graphql.ts";
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

/** How a webhook's requests prove who sends them, as it is. */
type KnownAuth = WebhookPartsFragment["auth"];

/**
 * What of a webhook the options say.
 *
 * @param before how its requests prove who sends them so far, which holds for what of that is left out; null with a new webhook
 */
export async function readSettings(
  options: SettingsOptions,
  before: KnownAuth | null,
): Promise<Omit<WebhookInput, "name" | "template">> {
  const { description, method, rate, allowReserved } = options;
  return {
    ...(description !== undefined && { description }),
    ...(method !== undefined && { allowedMethods: method }),
    ...(rate !== undefined && { rateLimit: readNumber("--rate", rate) }),
    ...(allowReserved !== undefined && { allowReserved }),
    ...(await readAuth(options, before)),
  };
}

/** The text of an option: as it stands, or from a file (`@FILE`) or the standard input (`-`). */
export async function readGiven(given: string): Promise<string> {
  return given === "-" || given.startsWith("@") ? readText(given.replace(/^@/, "")) : given;
}

async function readAuth(
  options: SettingsOptions,
  before: KnownAuth | null,
): Promise<{ auth?: WebhookAuthInput }> {
  const { auth, secret, header, algorithm, prefix, encoding, timestampHeader, tolerance } = options;
  const details = { secret, header, algorithm, prefix, encoding, timestampHeader, tolerance };
  if (auth === undefined && Object.values(details).every((value) => value === undefined)) return {};
  // The choices of these options are the names of the API's values.
  const type = auth === undefined ? known(before) : (constant(auth) as WebhookAuthType);
  const secrets = secret && (await Promise.all(secret.map(async (one) => (await readGiven(one)).trim())));
  return {
    auth: {
      ...(before?.type === type && settingsOf(before)),
      type,
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

/** The way in which they prove it so far. */
function known(before: KnownAuth | null): WebhookAuthType {
  if (before !== null && before.type !== "NONE") return before.type;
  throw new UsageError("say with --auth how requests prove who sends them");
}

/** Its secrets are not among it: those stay that are stored. */
function settingsOf({ header, algorithm, prefix, encoding, timestampHeader, tolerance }: KnownAuth) {
  return { header, algorithm, prefix, encoding, timestampHeader, tolerance };
}

function constant(word: string): string {
  return word.toUpperCase().replaceAll("-", "_");
}

export function readNumber(option: string, given: string): number {
  const number = Number(given);
  if (given.trim() !== "" && Number.isFinite(number) && number >= 0) return number;
  throw new UsageError(`${option} ${JSON.stringify(given)} is no number of 0 or more`);
}
