"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import type { RunPageQuery } from "../../../gql/graphql.ts";
import { inTurn } from "../../../lib/graphql/in-turn.ts";
import { useConnected } from "../../../lib/graphql/use-connected.ts";
import { runSurroundings } from "./documents.ts";
import { refreshedInputs } from "./sizes.ts";

type FirstRead = NonNullable<RunPageQuery["flowRun"]>;
type Surroundings = Pick<FirstRead, "waitsBecause" | "parent" | "children" | "inputChannels">;
/** What of an input changes after it was stored. */
export type InputStatus = Pick<
  FirstRead["inputs"]["nodes"][number],
  "id" | "status" | "listening" | "schemaDrift"
>;

const soonMs = 400;
const everyMs = 5_000;

/**
 * What is around a run, why it waits, and how far its inputs are: no stream tells that, so it is read again soon after something happened (`changed`),
 * and every few seconds while the page is looked at and the run goes on.
 */
export function useSurroundings(initial: FirstRead, version: string, ended: boolean) {
  const client = useClient();
  const [around, setAround] = useState<Surroundings>(initial);
  const [statuses, setStatuses] = useState<ReadonlyMap<string, InputStatus>>(new Map());
  const [take] = useState(inTurn);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { id } = initial;

  const readAgain = useCallback(
    () =>
      take(async () => {
        const { data } = await client.query(runSurroundings, { id, last: refreshedInputs }).toPromise();
        const run = data?.flowRun;
        if (!run) return;
        setAround(run);
        setStatuses(new Map(run.inputs.nodes.map((input) => [input.id, input])));
      }),
    [client, id, take],
  );
  const changed = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(readAgain, soonMs);
  }, [readAgain]);

  useConnected(changed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each version of the run is a reason to look again
  useEffect(changed, [changed, version]);
  useEffect(() => {
    if (ended) return;
    const clock = setInterval(() => document.visibilityState === "visible" && readAgain(), everyMs);
    return () => clearInterval(clock);
  }, [readAgain, ended]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { around, statuses, changed };
}
