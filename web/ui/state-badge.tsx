import type { StateType } from "../gql/graphql.ts";

const looks: Record<StateType, { dot: string; text: string }> = {
  SCHEDULED: { dot: "bg-planned", text: "text-planned-ink" },
  PENDING: { dot: "bg-planned", text: "text-planned-ink" },
  RUNNING: { dot: "bg-going motion-safe:animate-pulse", text: "text-going-ink" },
  PAUSED: { dot: "bg-waiting", text: "text-waiting-ink" },
  CANCELLING: { dot: "bg-ended", text: "text-ended-ink" },
  CANCELLED: { dot: "bg-ended", text: "text-ended-ink" },
  COMPLETED: { dot: "bg-good", text: "text-good-ink" },
  FAILED: { dot: "bg-bad", text: "text-bad-ink" },
  CRASHED: { dot: "bg-bad", text: "text-bad-ink" },
};

/** A run that is late waits for somebody: it stands out of those whose time is yet to come. */
function lookOf({ type, name }: { type: StateType; name: string }) {
  return name === "Late" ? looks.PAUSED : looks[type];
}

interface Props {
  state: { type: StateType; name: string; message?: string | null | undefined };
  large?: boolean;
}

/** A state by its name, coloured by its type, or as one that is late. */
export function StateBadge({ state, large = false }: Props) {
  const look = lookOf(state);
  return (
    <span
      title={state.message ?? undefined}
      className={`inline-flex max-w-full items-center gap-1.5 rounded-full border border-line bg-panel font-medium whitespace-nowrap ${look.text} ${large ? "px-3 py-1 text-sm" : "px-2.5 py-0.5 text-xs"}`}
    >
      <span className={`size-2 shrink-0 rounded-full ${look.dot}`} aria-hidden="true" />
      <span className="truncate">{state.name}</span>
    </span>
  );
}

/** The colour of a state's dot, for lists of states. */
export function stateDot(state: { type: StateType; name: string }): string {
  return lookOf(state).dot;
}

/** The colour of most states of a type. */
export function typeDot(type: StateType): string {
  return looks[type].dot;
}
