"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useClient } from "urql";
import type { ScheduleInput, ScheduleTimesQuery } from "../../../../gql/graphql.ts";
import { scheduleTimesDocument } from "../../documents.ts";

/** When a schedule would come, or what is wrong with it. */
export interface Times {
  of: ScheduleInput;
  result: ScheduleTimesQuery["scheduleTimes"];
}

const settleMs = 300;

/** The last that is known of a schedule while it is typed; null where nothing is. */
export function useTimes(input: ScheduleInput | null): Times | null {
  const client = useClient();
  const [times, setTimes] = useState<Times | null>(null);
  const asked = useRef(0);
  const look = useEffectEvent(async () => {
    const number = ++asked.current;
    if (input === null) return setTimes(null);
    const { data } = await client.query(scheduleTimesDocument, { schedule: input }).toPromise();
    // Answers can pass each other.
    if (number === asked.current)
      setTimes(data === undefined ? null : { of: input, result: data.scheduleTimes });
  });
  const typed = JSON.stringify(input);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another schedule is looked at anew
  useEffect(() => {
    const timer = setTimeout(look, settleMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return times;
}
