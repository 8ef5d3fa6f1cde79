import Link from "next/link";
import { buttonClass } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

export default function NotFound() {
  return (
    <Empty title="There is nothing here">
      <p>The address leads to nothing: a run that was deleted, or a link with a mistake in it.</p>
      <Link href="/runs" className={`${buttonClass()} mt-4`}>
        All runs
      </Link>
    </Empty>
  );
}
