import Link from "next/link";
import { buttonClass } from "../../../ui/button.tsx";
import { Empty } from "../../../ui/empty.tsx";

export default function WorkPoolNotFound() {
  return (
    <Empty title="There is no such work pool">
      <p>It was deleted, or the link has a mistake in it.</p>
      <Link href="/work-pools" className={`${buttonClass()} mt-4`}>
        All work pools
      </Link>
    </Empty>
  );
}
