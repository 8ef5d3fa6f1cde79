"use client";

import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { useEffect, useEffectEvent, useState } from "react";
import { type AnyVariables, useClient } from "urql";

interface Stream<Data, Variables extends AnyVariables> {
  document: TypedDocumentNode<Data, Variables>;
  /** Read when it begins. */
  variables: () => Variables;
  /** What it is about: another key is another stream. */
  key: string;
  /** What came, in order; what comes in a burst comes together. */
  onItems: (items: Data[]) => void;
}

const burstMs = 40;

/** Follows a subscription while the component is on the page. Gives why the server refused it, or null. */
export function useStream<Data, Variables extends AnyVariables>(
  stream: Stream<Data, Variables>,
): string | null {
  const client = useClient();
  const [refusal, setRefusal] = useState<string | null>(null);
  const variables = useEffectEvent(stream.variables);
  const deliver = useEffectEvent(stream.onItems);
  const { document, key } = stream;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when it is another stream
  useEffect(() => {
    let waiting: Data[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      const items = waiting;
      waiting = [];
      deliver(items);
    };
    const { unsubscribe } = client.subscription(document, variables()).subscribe(({ data, error }) => {
      if (error !== undefined) setRefusal(error.graphQLErrors[0]?.message ?? error.message);
      if (data === undefined || data === null) return;
      waiting.push(data);
      timer ??= setTimeout(flush, burstMs);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [client, document, key]);
  return refusal;
}
