import type { ReactNode } from "react";

const looks = {
  good: "bg-good",
  waiting: "bg-waiting",
  bad: "bg-bad",
  off: "bg-strong",
} as const;

interface Props {
  look: keyof typeof looks;
  /** What it means, in a sentence. */
  title: string;
  children: ReactNode;
}

/** How something stands, in a word beside a dot of its colour. */
export function StatusDot({ look, title, children }: Props) {
  return (
    <span title={title} className="inline-flex items-center gap-2 text-xs whitespace-nowrap text-soft">
      <span className={`size-2 shrink-0 rounded-full ${looks[look]}`} aria-hidden="true" />
      {children}
    </span>
  );
}
