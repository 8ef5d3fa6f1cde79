import Link from "next/link";
import { resourceName, shownResource } from "./resource.ts";

interface Props {
  labels: Record<string, string>;
  className?: string;
}

/** A resource by its name, leading to its page. */
export function ResourceLink({ labels, className = "" }: Props) {
  const id = labels["prefect.resource.id"] ?? "";
  const { kind, href } = shownResource(id);
  return (
    <Link
      href={href}
      prefetch={false}
      title={id}
      className={`relative min-w-0 truncate hover:text-ink hover:underline ${className}`}
    >
      {kind === null ? null : <span className="text-faint">{kind} </span>}
      {resourceName(labels)}
    </Link>
  );
}
