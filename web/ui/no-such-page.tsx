import Link from "next/link";
import { buttonClass } from "./button.tsx";
import { Empty } from "./empty.tsx";

/** In place of a page of a list that its address does not name rightly. `href`: the first page. */
export function NoSuchPage({ href }: { href: string }) {
  return (
    <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
      <Empty title="There is no such page of this list">
        <p>The address has a mistake in it.</p>
        <Link href={href} className={`${buttonClass("plain", "small")} mt-4`}>
          First page
        </Link>
      </Empty>
    </div>
  );
}
