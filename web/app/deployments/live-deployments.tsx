"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import type { DeploymentsQuery } from "../../gql/graphql.ts";
import { useFresh } from "../../lib/graphql/use-fresh.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TypedSearch } from "../../ui/typed-search.tsx";
import { DeploymentItem } from "./deployment-item.tsx";
import { deploymentsDocument } from "./documents.ts";

interface Props {
  initial: DeploymentsQuery;
  /** A part of the names of those that are shown; null for all. */
  name: string | null;
}

/** The list that the server rendered, kept up to date. */
export function LiveDeployments({ initial, name }: Props) {
  const router = useRouter();
  const { data, refusal } = useFresh({
    document: deploymentsDocument,
    variables: {},
    initial,
    filter: { events: ["prefect.deployment.*"] },
    // Runs have events of their own, too many to read all deployments at each.
    everySeconds: 10,
  });
  const shown = data.deployments.filter(
    ({ fullName }) => name === null || fullName.toLowerCase().includes(name.toLowerCase()),
  );
  const search = (part: string | null) =>
    router.replace(part === null ? "/deployments" : `/deployments?${new URLSearchParams({ name: part })}`, {
      scroll: false,
    });
  return (
    <>
      <search aria-label="Filter deployments">
        <TypedSearch
          label="Name contains"
          placeholder="Search by name"
          value={name}
          onValue={search}
          className="sm:w-72"
        />
      </search>
      {refusal === null ? null : <Notice look="bad">This list is not live: {refusal}</Notice>}
      <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
        {shown.length === 0 ? (
          <NoDeployments name={name} />
        ) : (
          <ul aria-label="Deployments" className="divide-y divide-line">
            {shown.map((deployment) => (
              <DeploymentItem key={deployment.id} deployment={deployment} />
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

function NoDeployments({ name }: { name: string | null }) {
  if (name !== null)
    return (
      <Empty title="No deployment fits">
        <Link href="/deployments" className={`${buttonClass("plain", "small")} mt-2`}>
          Show all deployments
        </Link>
      </Empty>
    );
  return (
    <Empty title="No deployments yet">
      <p>
        A flow becomes a deployment when a program serves it,{" "}
        <code className="font-mono text-xs">await serve(flow)</code>, or when{" "}
        <code className="font-mono text-xs">antiphon deploy</code> registers it. It appears here by itself.
      </p>
    </Empty>
  );
}
