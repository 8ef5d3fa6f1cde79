"use client";

import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { type AnyVariables, useClient } from "urql";
import { graphql } from "../../gql/gql.ts";
import type { EventFilter } from "../../gql/graphql.ts";
import { inTurn } from "./in-turn.ts";
import { useConnected } from "./use-connected.ts";
import { useStream } from "./use-stream.ts";

/** That something happened; what has changed by it is read anew. */
const eventsHappen = graphql(`
  subscription EventsHappen($filter: EventFilter) {
    events(filter: $filter) {
      __typename
    }
  }
`);

interface Reading<Data, Variables extends AnyVariables> {
  document: TypedDocumentNode<Data, Variables>;
  variables: Variables;
  /** What the server read. */
  initial: Data;
  /** It is read again soon after such an event. */
  filter: EventFilter;
  /** And this often while it is looked at, for what changes by time alone. */
  everySeconds?: number;
}

const soonMs = 300;

/**
 * What the server read, read again after such events and at each connection. `readAgain` resolves when that is shown; `soon` reads again
 * shortly, once for all that asks for it meanwhile.
 */
export function useFresh<Data, Variables extends AnyVariables>(reading: Reading<Data, Variables>) {
  const client = useClient();
  const [data, setData] = useState(reading.initial);
  const [filter] = useState(reading.filter);
  const [take] = useState(inTurn);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The client answers who asks what is under way with what was asked for before.
  const readAgain = () =>
    take(async () => {
      const { data: read } = await client.query(reading.document, reading.variables).toPromise();
      if (read !== undefined) setData(read);
    });
  const soon = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void readAgain();
    }, soonMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useConnected(soon);
  const refusal = useStream({
    document: eventsHappen,
    key: JSON.stringify(filter),
    variables: () => ({ filter }),
    onItems: soon,
  });
  const tick = useEffectEvent(soon);
  const { everySeconds } = reading;
  useEffect(() => {
    if (everySeconds === undefined) return;
    const clock = setInterval(() => document.visibilityState === "visible" && tick(), everySeconds * 1000);
    return () => clearInterval(clock);
  }, [everySeconds]);
  return { data, refusal, readAgain, soon };
}
