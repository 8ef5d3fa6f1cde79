"use client";

import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { useEffect, useRef, useState } from "react";
import { type AnyVariables, useClient } from "urql";
import type { EventFilter } from "../../gql/graphql.ts";
import { useConnected } from "../../lib/graphql/use-connected.ts";
import { useStream } from "../../lib/graphql/use-stream.ts";
import { automationsChanged } from "./documents.ts";

interface Reading<Data, Variables extends AnyVariables> {
  document: TypedDocumentNode<Data, Variables>;
  variables: Variables;
  /** What the server read. */
  initial: Data;
  /** It is read again soon after such an event. */
  filter: EventFilter;
}

const soonMs = 300;

/** What the server read, read again after such events and at each connection. `readAgain` resolves when that is shown. */
export function useFresh<Data, Variables extends AnyVariables>(reading: Reading<Data, Variables>) {
  const client = useClient();
  const [data, setData] = useState(reading.initial);
  const [filter] = useState(reading.filter);
  const asked = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const readAgain = async () => {
    const number = ++asked.current;
    const { data: read } = await client.query(reading.document, reading.variables).toPromise();
    // Answers can pass each other.
    if (read !== undefined && number === asked.current) setData(read);
  };
  const soon = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void readAgain();
    }, soonMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useConnected(soon);
  const refusal = useStream({
    document: automationsChanged,
    key: JSON.stringify(filter),
    variables: () => ({ filter }),
    onItems: soon,
  });
  return { data, refusal, readAgain };
}
