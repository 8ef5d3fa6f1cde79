import type { Metadata } from "next";
import { read } from "../../lib/graphql/server.ts";
import { deploymentsDocument } from "./documents.ts";
import { LiveDeployments } from "./live-deployments.tsx";

export const metadata: Metadata = { title: "Deployments" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function DeploymentsPage({ searchParams }: Props) {
  const given = [(await searchParams).name ?? []].flat().at(-1)?.trim();
  const initial = await read(deploymentsDocument, {});
  return (
    <div className="flex flex-col gap-5">
      <h1 className="text-xl font-semibold tracking-tight">Deployments</h1>
      <LiveDeployments initial={initial} name={given === undefined || given === "" ? null : given} />
    </div>
  );
}
