"use client";

import { useSyncExternalStore } from "react";

const nothing = () => () => {};
const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const onServer = () => null;

/** The time zone of this browser. Not known while the server renders: what depends on it is in UTC until then. */
export function useTimeZone(): { known: boolean; name: string } {
  const zone = useSyncExternalStore(nothing, here, onServer);
  return zone === null ? { known: false, name: "UTC" } : { known: true, name: zone };
}
