import type { ReactNode } from "react";

interface Props {
  title: string;
  /** Beside the title. */
  aside?: ReactNode;
  children: ReactNode;
  /** The content reaches the panel's edges. */
  flush?: boolean;
}

/** A titled part of a page. */
export function Panel({ title, aside, children, flush = false }: Props) {
  return (
    <section
      aria-label={title}
      className="min-w-0 overflow-hidden rounded-xl border border-line bg-panel shadow-xs"
    >
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line px-4 py-1.5">
        <h2 className="text-sm font-semibold">{title}</h2>
        {/* The text of a quiet button stands at the edge, as what has no border does. */}
        <div className="flex min-w-0 flex-wrap items-center gap-2 empty:hidden [&>.border-transparent]:-mr-3">
          {aside}
        </div>
      </header>
      <div className={flush ? "" : "p-4"}>{children}</div>
    </section>
  );
}
