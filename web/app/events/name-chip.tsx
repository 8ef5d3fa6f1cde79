import { FilterChip } from "../../ui/filter-chip.tsx";
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
    <FilterChip href={href} on={on}>
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
    </FilterChip>
  );
}
