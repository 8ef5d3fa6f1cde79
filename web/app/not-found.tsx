import Link from "next/link";
import { buttonClass } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

export default function NotFound() {
  return (
    <Empty page title="There is nothing here">
      <p>The address has a mistake in it, or what was there is gone.</p>
      <Link href="/runs" className={`${buttonClass()} mt-4`}>
        All runs
      </Link>
    </Empty>
  );
}
