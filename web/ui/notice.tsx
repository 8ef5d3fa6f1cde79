import type { ReactNode } from "react";

const looks = {
  bad: "border-bad/40 bg-bad/8 text-bad-ink",
  waiting: "border-waiting/50 bg-waiting/10 text-waiting-ink",
  good: "border-good/40 bg-good/8 text-good-ink",
  plain: "border-line bg-sunk text-soft",
} as const;

interface Props {
  look?: keyof typeof looks;
  /** Said at once by assistive technology: something happened. */
  alert?: boolean;
  children: ReactNode;
}

/** Something to know before going on. */
export function Notice({ look = "plain", alert = false, children }: Props) {
  return (
    <div role={alert ? "alert" : "status"} className={`rounded-lg border px-4 py-3 text-sm ${looks[look]}`}>
      {children}
    </div>
  );
}
