/** The colour of an event's dot: by how it went where its name says so, else by whether it is ours or yours. */
export function eventTone(name: string): string {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const known = name.startsWith("prefect.") ? tones[last] : undefined;
  return known ?? (name.startsWith("prefect.") ? "bg-strong" : "bg-accent");
}

const tones: Record<string, string> = {
  Scheduled: "bg-planned",
  Late: "bg-waiting",
  AwaitingRetry: "bg-planned",
  AwaitingConcurrencySlot: "bg-planned",
  Resuming: "bg-planned",
  Pending: "bg-planned",
  Running: "bg-going",
  Retrying: "bg-going",
  Paused: "bg-waiting",
  Suspended: "bg-waiting",
  Cancelling: "bg-ended",
  Cancelled: "bg-ended",
  Completed: "bg-good",
  Failed: "bg-bad",
  Crashed: "bg-bad",
  TimedOut: "bg-bad",
  triggered: "bg-waiting",
  resolved: "bg-good",
  executed: "bg-good",
  failed: "bg-bad",
  ready: "bg-good",
  "not-ready": "bg-ended",
};
