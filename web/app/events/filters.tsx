"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useId, useRef, useState, useTransition } from "react";
import { RangePicker } from "./range-picker.tsx";
import { type EventsSearch, eventsHref } from "./search-params.ts";
import { eventTone } from "./tone.ts";

const typingMs = 300;
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
        <TypedInput
          label="Resource"
          placeholder="Resource: an id, or order.*"
          value={search.resource}
          onValue={(resource) => go({ resource })}
        />
        <TypedInput
          label="Text"
          placeholder="Text in the event"
          value={search.text}
          onValue={(text) => go({ text })}
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

interface ChipProps {
  href: string;
  name: string;
  on?: boolean;
  count?: number;
}

function NameChip({ href, name, on = false, count }: ChipProps) {
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

/** Adds a name: one that occurs, or any other, or a prefix with `*`. */
function NameInput({ offered, onName }: { offered: Props["names"]; onName: (name: string) => void }) {
  const list = useId();
  const [text, setText] = useState("");
  const add = (name: string) => {
    setText("");
    if (name.trim() !== "") onName(name.trim());
  };
  return (
    <Form onSubmit={() => add(text)}>
      <input
        type="search"
        aria-label="Event name"
        placeholder="Event: a name, or order.*"
        list={list}
        value={text}
        onChange={(event) => {
          // Picked from the list rather than typed.
          const picked =
            !(event.nativeEvent instanceof InputEvent) ||
            event.nativeEvent.inputType === "insertReplacementText";
          const name = event.target.value;
          if (picked && offered.some(({ label }) => label === name)) add(name);
          else setText(name);
        }}
        className="control w-full sm:w-60"
      />
      <datalist id={list}>
        {offered.map(({ label, count }) => (
          <option key={label} value={label}>
            {count}
          </option>
        ))}
      </datalist>
    </Form>
  );
}

interface TypedProps {
  label: string;
  placeholder: string;
  value: string | null;
  onValue: (value: string | null) => void;
}

/** A text that is searched for soon after it was typed. */
function TypedInput({ label, placeholder, value, onValue }: TypedProps) {
  const [text, setText] = useState(value ?? "");
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(value);
  useEffect(() => () => clearTimeout(typing.current), []);
  // Going back changes the address without anybody typing.
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value ?? "");
  }, [value]);
  const ask = (typed: string) => {
    clearTimeout(typing.current);
    asked.current = typed.trim() === "" ? null : typed.trim();
    onValue(asked.current);
  };
  return (
    <Form onSubmit={() => ask(text)}>
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          const typed = event.target.value;
          setText(typed);
          clearTimeout(typing.current);
          typing.current = setTimeout(() => ask(typed), typingMs);
        }}
        className="control w-full sm:w-60"
      />
    </Form>
  );
}

function Form({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      className="w-full sm:w-auto"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
