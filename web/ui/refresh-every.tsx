"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useConnection } from "../lib/graphql/provider.tsx";
import { useConnected } from "../lib/graphql/use-connected.ts";

/** Has the server render the page again every few seconds while it is looked at, and when the connection is back: for what has no stream. */
export function RefreshEvery({ seconds }: { seconds: number }) {
  const router = useRouter();
  const live = useConnection().phase === "live";
  useConnected(() => router.refresh());
  useEffect(() => {
    const clock = setInterval(
      // Without a connection the router would leave the page for one that cannot be loaded.
      () => live && document.visibilityState === "visible" && router.refresh(),
      seconds * 1000,
    );
    return () => clearInterval(clock);
  }, [router, seconds, live]);
  return null;
}
