import type { ReactNode } from "react";

/** What stands where there is nothing. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      <p className="font-medium">{title}</p>
      {children === undefined ? null : <div className="max-w-md text-sm text-soft">{children}</div>}
    </div>
  );
}
