import Link from "next/link";
import type { InputFragment } from "../../../gql/graphql.ts";
import { JsonView } from "../../../ui/json-view.tsx";
import { Ago } from "../../../ui/time.tsx";

const statuses = {
  PENDING: { text: "not read yet", look: "text-waiting-ink" },
  DELIVERED: { text: "delivered", look: "text-good-ink" },
  INVALID: { text: "refused by the run", look: "text-bad-ink" },
} as const;

const runPrefix = "prefect.flow-run.";

/** One message or answer. */
export function InputItem({ input }: { input: InputFragment }) {
  const answer = input.kind === "ANSWER";
  const status = statuses[input.status];
  const who = input.sender ?? input.submittedBy;
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs">
        <span
          className={`rounded px-1.5 py-0.5 font-medium ${answer ? "bg-accent/12 text-accent-ink" : "bg-sunk text-soft"}`}
        >
          {answer ? "Answer" : "Message"}
        </span>
        <span className="truncate font-mono text-soft" title={`key ${input.key}`}>
          {input.inputType}
        </span>
        {who ? <Sender who={who} /> : null}
        <span className={status.look}>{status.text}</span>
        {input.schemaDrift ? (
          <span
            title="Its sender's schema differs from the receiver's of the same name"
            className="rounded bg-waiting/20 px-1.5 py-0.5 font-medium text-waiting-ink"
          >
            schema drift
          </span>
        ) : null}
        {!answer && input.status === "PENDING" && !input.listening ? (
          <span className="text-faint">nobody listens</span>
        ) : null}
        <span className="ml-auto text-faint">
          <Ago at={input.createdAt} />
        </span>
      </div>
      <JsonView value={input.value} className="max-h-64" />
    </li>
  );
}

function Sender({ who }: { who: string }) {
  if (!who.startsWith(runPrefix)) return <span className="truncate text-soft">from {who}</span>;
  const id = who.slice(runPrefix.length);
  return (
    <span className="text-soft">
      from run{" "}
      <Link href={`/runs/${id}`} prefetch={false} className="font-mono text-link">
        {id.slice(-8)}
      </Link>
    </span>
  );
}
