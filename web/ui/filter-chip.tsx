import Link from "next/link";
import type { ReactNode } from "react";

interface Props {
  href: string;
  /** It is chosen, and the link leaves it out. */
  on: boolean;
  children: ReactNode;
}

/** Something that a list can be narrowed to, by its address. */
export function FilterChip({ href, on, children }: Props) {
  return (
    <Link
      href={href}
      replace
      scroll={false}
      prefetch={false}
      aria-current={on ? "true" : undefined}
      className="flex min-h-8 shrink-0 items-center gap-1.5 rounded-full border border-line bg-panel px-3 text-[13px] text-soft hover:border-strong hover:text-ink aria-[current=true]:border-accent aria-[current=true]:bg-accent/10 aria-[current=true]:text-ink"
    >
      {children}
    </Link>
  );
}
