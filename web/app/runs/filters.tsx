"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import type { FlowNamesQuery } from "../../gql/graphql.ts";
import { FilterChip } from "../../ui/filter-chip.tsx";
import { typeDot } from "../../ui/state-badge.tsx";
import { WaitingBadge } from "../waiting/waiting.tsx";
import { type RunsSearch, runsHref, stateTypes } from "./search-params.ts";

const typingMs = 250;

interface Props {
  search: RunsSearch;
  flows: readonly string[];
  deployments: FlowNamesQuery["deployments"];
}

/** What the list shows: every choice is an address. */
export function Filters({ search, flows, deployments }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [name, setName] = useState(search.name ?? "");
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(search.name);
  useEffect(() => () => clearTimeout(typing.current), []);
  // Going back changes the address without anybody typing.
  useEffect(() => {
    if (search.name === asked.current) return;
    asked.current = search.name;
    setName(search.name ?? "");
  }, [search.name]);
  const go = (part: Partial<RunsSearch>) =>
    startTransition(() => router.replace(runsHref({ ...search, after: null, ...part }), { scroll: false }));
  const type = (text: string) => {
    setName(text);
    clearTimeout(typing.current);
    typing.current = setTimeout(() => {
      asked.current = text.trim() === "" ? null : text.trim();
      go({ name: asked.current });
    }, typingMs);
  };
  const toggled = (type: (typeof stateTypes)[number]) =>
    search.states.includes(type) ? search.states.filter((other) => other !== type) : [...search.states, type];
  return (
    <search aria-label="Filter runs" aria-busy={pending} className="flex flex-col gap-3">
      <form action="/runs" className="flex flex-wrap gap-2" onSubmit={(event) => event.preventDefault()}>
        <input
          type="search"
          name="name"
          aria-label="Name contains"
          placeholder="Search by name"
          value={name}
          onChange={(event) => type(event.target.value)}
          className="control w-full sm:w-72"
        />
        <select
          name="flow"
          aria-label="Flow"
          value={search.flow ?? ""}
          onChange={(event) =>
            go({ flow: event.target.value === "" ? null : event.target.value, deployment: null })
          }
          className="control sm:w-auto sm:max-w-60"
        >
          <option value="">All flows</option>
          {flows.map((flow) => (
            <option key={flow} value={flow}>
              {flow}
            </option>
          ))}
        </select>
        <select
          name="deployment"
          aria-label="Deployment"
          value={search.deployment ?? ""}
          onChange={(event) => go({ deployment: event.target.value === "" ? null : event.target.value })}
          className="control sm:w-auto sm:max-w-60"
        >
          <option value="">All deployments</option>
          {deployments
            .filter(
              ({ id, flow }) => search.flow === null || flow.name === search.flow || id === search.deployment,
            )
            .map(({ id, fullName }) => (
              <option key={id} value={id}>
                {fullName}
              </option>
            ))}
          {search.deployment === null || deployments.some(({ id }) => id === search.deployment) ? null : (
            <option value={search.deployment}>a deployment that is gone</option>
          )}
        </select>
      </form>
      <div className="-mx-4 flex gap-1.5 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:flex-wrap sm:overflow-visible sm:px-0">
        <FilterChip
          href={runsHref({ ...search, waiting: !search.waiting, upcoming: false, after: null })}
          on={search.waiting}
        >
          Waiting for input
          <WaitingBadge />
        </FilterChip>
        {stateTypes.map((type) => (
          <FilterChip
            key={type}
            href={runsHref({ ...search, states: toggled(type), upcoming: false, after: null })}
            on={search.states.includes(type)}
          >
            <span className={`size-2 rounded-full ${typeDot(type)}`} aria-hidden="true" />
            {type.charAt(0) + type.slice(1).toLowerCase()}
          </FilterChip>
        ))}
      </div>
    </search>
  );
}
