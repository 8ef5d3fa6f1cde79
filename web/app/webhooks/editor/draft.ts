import type {
  HmacAlgorithm,
  HmacEncoding,
  WebhookAuthType,
  WebhookInput,
  WebhookPartsFragment,
} from "../../../gql/graphql.ts";
import { needsSecret } from "../auth-words.ts";

/** A webhook as it is filled in: texts as they are typed. */
export interface Draft {
  name: string;
  description: string;
  template: string;
  /** None: all. */
  methods: readonly string[];
  auth: {
    type: WebhookAuthType;
    secrets: readonly string[];
    header: string;
    algorithm: HmacAlgorithm;
    prefix: string;
    encoding: HmacEncoding;
    timestampHeader: string;
    tolerance: string;
  };
  allowReserved: boolean;
  rateLimit: string;
}

export const methods = ["GET", "HEAD", "DELETE", "POST", "PUT", "PATCH"] as const;

/** What a template can begin as. */
export const templates = {
  "Fields of the request": `{
  "event": "model-update",
  "resource": {
    "prefect.resource.id": "product.models.{{ body.model_id }}",
    "prefect.resource.name": "{{ body.friendly_name }}",
    "run_count": "{{ body.run_count }}"
  }
}
`,
  "Always the same": `{
  "event": "deploy.finished",
  "resource": { "prefect.resource.id": "product.website" }
}
`,
  "The whole body": `{
  "event": "something.happened",
  "resource": { "prefect.resource.id": "product.source" },
  "payload": "{{ body }}"
}
`,
  CloudEvents: "{{ body | from_cloud_event(headers) }}\n",
} as const;

/** What a form begins with: the webhook as it is, or a new one. */
export function draftOf(webhook: WebhookPartsFragment | null): Draft {
  const auth = webhook?.auth;
  return {
    name: webhook?.name ?? "",
    description: webhook?.description ?? "",
    template: webhook?.template ?? templates["Fields of the request"],
    methods: webhook?.allowedMethods ?? [],
    auth: {
      type: auth?.type ?? "NONE",
      secrets: [""],
      header: auth?.header ?? "",
      algorithm: auth?.algorithm ?? "SHA256",
      prefix: auth?.prefix ?? "",
      encoding: auth?.encoding ?? "HEX",
      timestampHeader: auth?.timestampHeader ?? "",
      tolerance: auth?.tolerance == null ? "" : String(auth.tolerance),
    },
    allowReserved: webhook?.allowReserved ?? false,
    rateLimit: webhook?.rateLimit == null ? "" : String(webhook.rateLimit),
  };
}

/** The draft as the API takes it. Numbers that are none are sent as they are, for the server to say so. */
export function inputOf({ auth, ...draft }: Draft): WebhookInput {
  const secrets = auth.secrets.filter((secret) => secret !== "");
  return {
    name: draft.name.trim(),
    description: draft.description,
    template: draft.template,
    allowedMethods: [...draft.methods],
    allowReserved: draft.allowReserved,
    rateLimit: numberIn(draft.rateLimit),
    auth: {
      type: auth.type,
      ...(needsSecret(auth.type) && secrets.length > 0 ? { secrets } : {}),
      ...(auth.type === "HMAC"
        ? {
            header: auth.header.trim(),
            algorithm: auth.algorithm,
            prefix: auth.prefix,
            encoding: auth.encoding,
            ...(auth.timestampHeader.trim() === "" ? {} : { timestampHeader: auth.timestampHeader.trim() }),
          }
        : {}),
      ...(needsSecret(auth.type) && auth.tolerance !== "" ? { tolerance: numberIn(auth.tolerance) } : {}),
    },
  };
}

function numberIn(text: string): number | null {
  const number = Number(text.trim());
  return text.trim() === "" || !Number.isFinite(number) ? null : number;
}
