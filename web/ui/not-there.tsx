import Link from "next/link";
import { buttonClass } from "./button.tsx";
import { Empty } from "./empty.tsx";

interface Props {
  /** Such as "webhook". */
  kind: string;
  /** Where all of its kind are. */
  href: string;
}

/** In place of the page of something that does not exist. */
export function NotThere({ kind, href }: Props) {
  return (
    <Empty page title={`There is no such ${kind}`}>
      <p>It was deleted, or the link has a mistake in it.</p>
      <Link href={href} className={`${buttonClass()} mt-4`}>
        All {kind}s
      </Link>
    </Empty>
  );
}
