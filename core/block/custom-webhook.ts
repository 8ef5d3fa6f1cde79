import { z } from "zod";
import type { Issue } from "../error.ts";
import type { BlockType } from "./block-type.ts";
import { line, secretHeaders, secretText, timeout } from "./fields.ts";
import { placeholderIssues } from "./placeholders.ts";
import { methods } from "./webhook.ts";

const secretName = z.string().regex(/^(?!(?:subject|body|name)$)[A-Za-z_][\w-]{0,99}$/, {
  error: "must be letters, digits, - and _, beginning with a letter, and not subject, body or name",
});

const texts = (title: string, description: string) =>
  z
    .record(z.string().min(1, { error: "must not be empty" }), z.string())
    .default({})
    .meta({ title, description });

const schema = z.strictObject({
  name: line().optional().meta({
    title: "Name",
    description: "What {{ name }} stands for; the block's name where it is left out.",
  }),
  url: line(8000)
    .regex(/^(?:https?:\/\/\S|\{\{)/i, { error: "must begin with https:// or http://, or be a secret" })
    .meta({ title: "URL" }),
  method: z.enum(methods).default("POST").meta({ title: "Method" }),
  params: texts("Parameters", "Added to the URL's query."),
  json_data: z.unknown().optional().meta({ title: "JSON", description: "What is sent, as JSON." }),
  form_data: texts("Form", "What is sent, as a form."),
  headers: secretHeaders({ title: "Headers" }),
  cookies: secretHeaders({ title: "Cookies" }),
  timeout: timeout(),
  secrets: z
    .record(secretName, secretText())
    .default({})
    .meta({ title: "Secrets", description: "Values that the other fields name." }),
});

export const customWebhook: BlockType<typeof schema> = {
  slug: "custom-webhook",
  name: "Custom webhook",
  description:
    "Messages in whatever form another system takes them: {{ subject }}, {{ body }}, {{ name }} and the names of secrets stand for their values in all of its texts.",
  capabilities: ["notify"],
  schema,
  check(data): Issue[] {
    const both = data.json_data != null && Object.keys(data.form_data).length > 0;
    const issues = both ? [{ path: ["form_data"], message: "cannot be sent together with json_data" }] : [];
    const { secrets, url, params, json_data, form_data, headers, cookies } = data;
    const used = { url, params, json_data: json_data ?? null, form_data, headers, cookies };
    return [...issues, ...placeholderIssues(used, ["subject", "body", "name", ...Object.keys(secrets)])];
  },
};

export type CustomWebhook = z.output<typeof schema>;
