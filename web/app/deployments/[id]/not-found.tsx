import Link from "next/link";
import { buttonClass } from "../../../ui/button.tsx";
import { Empty } from "../../../ui/empty.tsx";

export default function DeploymentNotFound() {
  return (
    <Empty title="There is no such deployment">
      <p>It was deleted, or the link has a mistake in it.</p>
      <Link href="/deployments" className={`${buttonClass()} mt-4`}>
        All deployments
      </Link>
    </Empty>
  );
}
