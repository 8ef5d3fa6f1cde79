"use client";

import { useEffect, useEffectEvent } from "react";
import { useConnection } from "./provider.tsx";

/** Calls back at each connection, the first included: what is not a stream is read again then. */
export function useConnected(onConnected: () => void): void {
  const { epoch, phase } = useConnection();
  const call = useEffectEvent(onConnected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each connection has a number of its own
  useEffect(() => {
    if (phase === "live") call();
  }, [phase, epoch]);
}
