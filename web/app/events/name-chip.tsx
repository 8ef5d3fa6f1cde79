import Link from "next/link";
import { eventTone } from "./tone.ts";

interface Props {
  href: string;
  name: string;
  /** It is chosen, and the link leaves it out. */
  on?: boolean;
  /** How many events have this name. */
  count?: number;
}

/** A name of events, or a prefix, to choose or to leave out. */
export function NameChip({ href, name, on = false, count }: Props) {
  return (
    <Link
      href={href}
      replace
      scroll={false}
      prefetch={false}
      aria-current={on ? "true" : undefined}
      className="flex min-h-8 shrink-0 items-center gap-1.5 rounded-full border border-line bg-panel px-3 text-[13px] text-soft hover:border-strong hover:text-ink aria-[current=true]:border-accent aria-[current=true]:bg-accent/10 aria-[current=true]:text-ink"
    >
      <span className={`size-2 shrink-0 rounded-full ${eventTone(name)}`} aria-hidden="true" />
      <span className="max-w-72 truncate">{name}</span>
      {count === undefined ? null : (
        <span className="text-xs text-faint tabular-nums">{count.toLocaleString("en")}</span>
      )}
      {on ? (
        <>
          <span aria-hidden="true">×</span>
          <span className="sr-only">, chosen: leave it out</span>
        </>
      ) : null}
    </Link>
  );
}
