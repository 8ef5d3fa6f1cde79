import Link from "next/link";
import { shownResource } from "../../ui/resource.ts";
import type { Names } from "./names.ts";

const deploymentPrefix = "prefect.deployment.";

/** What an automation belongs to; a deployment is registered with its automations, and overwrites them. */
export function OwnerBadge({ owner, names }: { owner: string; names: Names }) {
  const deployment = owner.startsWith(deploymentPrefix);
  const name = deployment ? names.get(owner.slice(deploymentPrefix.length))?.name : undefined;
  return (
    <Link
      href={shownResource(owner).href}
      prefetch={false}
      title={deployment ? `${owner}: its next registration overwrites what is changed here` : owner}
      className="relative max-w-60 truncate rounded bg-accent/12 px-1.5 py-0.5 text-[11px] font-medium text-accent-ink hover:underline"
    >
      from {name ?? owner}
    </Link>
  );
}
