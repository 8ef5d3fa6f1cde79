"use client";

import { useState } from "react";
import type { RunFragment } from "../../../gql/graphql.ts";
import { useStream } from "../../../lib/graphql/use-stream.ts";
import { runUpdated } from "./documents.ts";

/** A run from what the server rendered on: its present state, at each connection and whenever it changes. */
export function useRun(initial: RunFragment): { run: RunFragment; refusal: string | null } {
  const [run, setRun] = useState(initial);
  const refusal = useStream({
    document: runUpdated,
    key: initial.id,
    variables: () => ({ id: initial.id }),
    onItems: (items) => {
      const last = items.at(-1);
      if (last !== undefined) setRun(last.flowRunUpdated);
    },
  });
  return { run, refusal };
}
