"use client";

import { createContext, type ReactNode, use, useEffect, useState } from "react";

const Now = createContext(0);

/**
 * One clock for everything on the page that is told relative to now. It starts where the server rendered, so that the browser draws the
 * same, and then ticks each second.
 */
export function NowProvider({ start, children }: { start: number; children: ReactNode }) {
  const [now, setNow] = useState(start);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, []);
  return <Now value={now}>{children}</Now>;
}

/** Now, in milliseconds since 1970. */
export function useNow(): number {
  return use(Now);
}
