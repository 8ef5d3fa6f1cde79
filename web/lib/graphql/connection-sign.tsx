"use client";

import { useNow } from "../../ui/now.tsx";
import { lengthText } from "../../ui/time-text.ts";
import { useConnection } from "./provider.tsx";

/** Says whether what the page shows is live. */
export function ConnectionSign() {
  const connection = useConnection();
  const now = useNow();
  const offline = connection.phase === "offline";
  const look = {
    connecting: { dot: "bg-waiting", text: "Connecting", title: "Connecting to the server" },
    live: { dot: "bg-good", text: "Live", title: "Connected: what you see is live" },
    offline: {
      dot: "bg-bad",
      text: "Offline",
      title: "No connection to the server. What you see may be out of date; it goes on by itself.",
    },
  }[connection.phase];
  return (
    <span
      title={look.title}
      className={`flex items-center gap-2 rounded-full px-2.5 py-1 text-xs whitespace-nowrap ${offline ? "bg-bad/12 font-medium text-bad-ink" : "text-soft"}`}
    >
      <span className={`size-2 rounded-full ${look.dot}`} aria-hidden="true" />
      <span role="status">
        <span>{look.text}</span>
        <span className="sr-only">{look.title}</span>
      </span>
      {connection.phase === "offline" ? (
        <span className="tabular-nums" aria-hidden="true">
          {lengthText(now - connection.since)}
        </span>
      ) : null}
    </span>
  );
}
