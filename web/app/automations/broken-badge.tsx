/** Says that an action, or one of an automation's, names what is not there. */
export function BrokenBadge() {
  return (
    <span
      title="What it names is not there"
      className="relative rounded bg-bad/12 px-1.5 py-0.5 text-[11px] font-medium text-bad-ink"
    >
      broken
    </span>
  );
}
