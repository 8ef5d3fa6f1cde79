"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { EventFilter } from "../../gql/graphql.ts";
import { useConnected } from "../../lib/graphql/use-connected.ts";
import { useStream } from "../../lib/graphql/use-stream.ts";
import { Notice } from "../../ui/notice.tsx";
import { automationsChanged } from "./documents.ts";

const soonMs = 400;

/** Has the server render the page again soon after such an event, and at each connection. */
export function RefreshOnEvents({ filter: given }: { filter: EventFilter }) {
  const router = useRouter();
  const [filter] = useState(given);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const soon = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      router.refresh();
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
  return refusal === null ? null : <Notice look="bad">This page is not live: {refusal}</Notice>;
}
