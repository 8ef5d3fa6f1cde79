/** A resource as the console shows it. */
export interface ShownResource {
  /** What kind of thing it is, where it is one of ours: "run", "automation", … */
  kind: string | null;
  /** Its page, or the events of it where it has none. */
  href: string;
}

const kinds = [
  { prefix: "prefect.flow-run.", kind: "run", page: "/runs/" },
  { prefix: "prefect.automation.", kind: "automation", page: "/automations/" },
  { prefix: "prefect.event.", kind: "event", page: "/events/" },
  { prefix: "prefect.deployment.", kind: "deployment", page: "/deployments/" },
  { prefix: "prefect.work-pool.", kind: "work pool", page: "/work-pools/" },
  { prefix: "prefect.work-queue.", kind: "work queue", page: "/work-queues/" },
  { prefix: "prefect.webhook.", kind: "webhook", page: "/webhooks/" },
  { prefix: "prefect.block-document.", kind: "block", page: null },
  { prefix: "prefect.flow.", kind: "flow", page: null },
  { prefix: "prefect.tag.", kind: "tag", page: null },
] as const;

/** What a resource id leads to. */
export function shownResource(id: string): ShownResource {
  for (const { prefix, kind, page } of kinds) {
    if (!id.startsWith(prefix)) continue;
    return {
      kind,
      href: page === null ? eventsOf(id) : `${page}${encodeURIComponent(id.slice(prefix.length))}`,
    };
  }
  return { kind: null, href: eventsOf(id) };
}

/** What to call a resource: its own name, else its id without the part that says its kind, shortened where that is a UUID. */
export function resourceName(labels: Record<string, string>): string {
  const name = labels["prefect.resource.name"];
  if (name !== undefined && name !== "") return name;
  const id = labels["prefect.resource.id"] ?? "";
  const known = kinds.find(({ prefix }) => id.startsWith(prefix));
  const rest = known === undefined ? id : id.slice(known.prefix.length);
  return uuid.test(rest) ? `…${rest.slice(-8)}` : rest;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The feed of the events about a resource. */
export function eventsOf(id: string): string {
  return `/events?${new URLSearchParams({ resource: id, range: "7d" })}`;
}
