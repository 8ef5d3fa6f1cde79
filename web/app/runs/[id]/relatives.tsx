import Link from "next/link";
import type { RelativeFragment } from "../../../gql/graphql.ts";
import { StateBadge } from "../../../ui/state-badge.tsx";

interface Props {
  parent: RelativeFragment | null | undefined;
  runs: readonly RelativeFragment[];
}

/** The run that started this one, and those that it started. */
export function Relatives({ parent, runs }: Props) {
  return (
    <ul className="flex flex-col gap-2">
      {parent ? <Relative run={parent} kin="parent" /> : null}
      {runs.map((run) => (
        <Relative key={run.id} run={run} kin="child" />
      ))}
    </ul>
  );
}

function Relative({ run, kin }: { run: RelativeFragment; kin: "parent" | "child" }) {
  return (
    <li className="flex items-center gap-2 text-sm">
      <span className="w-11 shrink-0 text-xs text-faint">{kin}</span>
      <Link
        href={`/runs/${run.id}`}
        prefetch={false}
        title={run.flow.name}
        className="min-w-0 flex-1 truncate text-link"
      >
        {run.name}
      </Link>
      <StateBadge state={run.state} />
    </li>
  );
}
