import Link from "next/link";
import { Fragment, type ReactNode } from "react";

interface Props {
  /** The pages above this one, outermost first. */
  above: readonly { href: string; name: string }[];
  title: string;
  /** Before the title. */
  mark?: ReactNode;
  /** Behind the title: what kind it is, how it stands. */
  beside?: ReactNode;
  /** What can be done, at the end of the line. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** The top of a page about one thing: where it is, what it is called, and what can be done with it. */
export function PageHead({ above, title, mark, beside, actions, children }: Props) {
  return (
    <header className="flex flex-col gap-3">
      <nav aria-label="Where this is" className="flex min-w-0 gap-1.5 text-[13px] text-soft">
        {above.map(({ href, name }, index) => (
          <Fragment key={href}>
            {index === 0 ? null : <span aria-hidden="true">/</span>}
            <Link
              href={href}
              className={`hover:text-ink hover:underline ${index === 0 ? "" : "min-w-0 truncate"}`}
            >
              {name}
            </Link>
          </Fragment>
        ))}
      </nav>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {mark}
        <h1 className="min-w-0 text-xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
        {beside}
        {actions === undefined ? null : (
          <div className="flex flex-wrap items-center gap-2 sm:ml-auto">{actions}</div>
        )}
      </div>
      {children}
    </header>
  );
}
