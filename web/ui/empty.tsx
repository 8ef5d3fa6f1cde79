import type { ReactNode } from "react";

interface Props {
  title: string;
  /** Whether it stands in place of the whole page. */
  page?: boolean;
  children?: ReactNode;
}

/** What stands where there is nothing. */
export function Empty({ title, page = false, children }: Props) {
  const Title = page ? "h1" : "p";
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      <Title className="font-medium">{title}</Title>
      {children === undefined ? null : <div className="max-w-md text-sm text-soft">{children}</div>}
    </div>
  );
}
