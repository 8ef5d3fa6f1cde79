"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { TypedSearch } from "../../ui/typed-search.tsx";
import { NameChip } from "./name-chip.tsx";
import { NameInput } from "./name-input.tsx";
import { RangePicker } from "./range-picker.tsx";
import { type EventsSearch, eventsHref } from "./search-params.ts";

const mostChips = 8;

interface Props {
  search: EventsSearch;
  /** Names that occur in the chosen time, the most frequent first. */
  names: readonly { label: string; count: number }[];
}

/** What the feed shows: every choice is an address. */
export function Filters({ search, names }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const go = (part: Partial<EventsSearch>) =>
    startTransition(() => router.replace(eventsHref({ ...search, after: null, ...part }), { scroll: false }));
  const offered = names.filter(({ label }) => !search.names.includes(label));
  const toggled = (name: string) =>
    search.names.includes(name) ? search.names.filter((other) => other !== name) : [...search.names, name];
  return (
    <search aria-label="Filter events" aria-busy={pending} className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <NameInput
          offered={offered}
          onName={(name) => go({ names: [...new Set([...search.names, name])] })}
        />
        <TypedSearch
          label="Resource"
          placeholder="Resource: an id, or order.*"
          value={search.resource}
          onValue={(resource) => go({ resource })}
          className="sm:w-60"
        />
        <TypedSearch
          label="Text"
          placeholder="Text in the event"
          value={search.text}
          onValue={(text) => go({ text })}
          className="sm:w-60"
        />
        <select
          aria-label="Order"
          value={search.oldestFirst ? "oldest" : "newest"}
          onChange={(event) => go({ oldestFirst: event.target.value === "oldest" })}
          className="control w-auto"
        >
          <option value="newest">Newest first</option>
          <option value="oldest">Oldest first</option>
        </select>
      </div>
      <RangePicker search={search} onRange={(range) => go({ range })} />
      <fieldset className="-mx-4 min-w-0 flex gap-1.5 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:flex-wrap sm:overflow-visible sm:px-0">
        <legend className="sr-only">Event names</legend>
        {search.names.map((name) => (
          <NameChip
            key={name}
            href={eventsHref({ ...search, names: toggled(name), after: null })}
            on
            name={name}
          />
        ))}
        {offered.slice(0, mostChips).map(({ label, count }) => (
          <NameChip
            key={label}
            href={eventsHref({ ...search, names: toggled(label), after: null })}
            name={label}
            count={count}
          />
        ))}
      </fieldset>
    </search>
  );
}
