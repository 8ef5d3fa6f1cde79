import type { WebhookPartsFragment } from "../../gql/graphql.ts";

/** A command that calls the webhook, with what its template asks of a form. */
export function curlSample({
  url,
  template,
  allowedMethods,
  auth,
}: Pick<WebhookPartsFragment, "url" | "template" | "allowedMethods" | "auth">): string {
  const sends = allowedMethods.length === 0 || allowedMethods.includes("POST");
  const fields = sends ? fieldsOf(template) : [];
  const method = allowedMethods.find((one) => one !== "POST");
  const parts = [
    "curl",
    ...(sends ? (fields.length === 0 ? ["-X POST"] : []) : method === "GET" ? [] : [`-X ${method}`]),
    ...(auth.type === "BEARER" ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...fields.map((field) => `-d "${field}=…"`),
    url,
  ];
  return parts.join(" ");
}

/** The fields of the body that a template names. */
function fieldsOf(template: string): string[] {
  const named = template.matchAll(/\bbody(?:\.([A-Za-z_]\w*)|\[\\?['"]([\w-]+)\\?['"]\])/g);
  return [...new Set([...named].map(([, dotted, bracketed]) => dotted ?? bracketed ?? ""))].slice(0, 8);
}
