"use client";

import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** Leads to why an event did, or did not, fire the automation. */
export function WhyPanel({ id }: { id: string }) {
  const router = useRouter();
  const [given, setGiven] = useState("");
  const eventId = uuid.exec(given)?.[0];
  const ask = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (eventId !== undefined) router.push(`/events/${eventId}?automation=${id}`);
  };
  return (
    <Panel title="Why did it fire, or why not?">
      <form onSubmit={ask} className="flex flex-wrap gap-2">
        <input
          aria-label="Event"
          placeholder="an event's id, or its address"
          value={given}
          onChange={(event) => setGiven(event.target.value)}
          className="control w-auto min-w-0 flex-1 font-mono text-[13px]"
        />
        <Button type="submit" disabled={eventId === undefined}>
          Explain
        </Button>
      </form>
    </Panel>
  );
}
