/** Why an event of this name is not taken from outside (decisions.md 22); null where it is. */
export function reservedIssue(name: string, allowReserved: boolean): string | null {
  if (name.startsWith("prefect.webhook."))
    return `${shown(name)} is the server's own: events of webhooks never come from one`;
  if (allowReserved || !name.startsWith("prefect.")) return null;
  return `${shown(name)} begins with prefect., which is reserved for the server; the webhook has to allow it (allow_reserved)`;
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 80));
}
