import { FilterChip } from "../../ui/filter-chip.tsx";
import { hidesUpcoming, type RunsSearch, runsHref, upcomingBeside } from "./search-params.ts";

/** How many runs only wait for their time, and the way to them and back; nothing where the list is narrowed otherwise, or there are none. */
export function UpcomingLink({ search, count }: { search: RunsSearch; count: number }) {
  if (!search.upcoming && !(hidesUpcoming(search) && count > 0)) return null;
  const others = { ...search, upcoming: false, after: null };
  return (
    <div className="flex">
      <FilterChip href={runsHref(search.upcoming ? others : upcomingBeside(search))} on={search.upcoming}>
        <span className="tabular-nums" aria-live="polite">
          {count}
        </span>
        upcoming
      </FilterChip>
    </div>
  );
}
