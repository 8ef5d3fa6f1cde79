import Link from "next/link";
import { buttonClass } from "../../../../ui/button.tsx";
import { Empty } from "../../../../ui/empty.tsx";

export default function BlockNotFound() {
  return (
    <Empty title="There is no such block">
      <p>It was deleted, or the link has a mistake in it.</p>
      <Link href="/blocks" className={`${buttonClass()} mt-4`}>
        All blocks
      </Link>
    </Empty>
  );
}
