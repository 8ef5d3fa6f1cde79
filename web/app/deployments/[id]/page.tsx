import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { read } from "../../../lib/graphql/server.ts";
import { readResourceEvents } from "../../events/read-resource-events.ts";
import { DeploymentView } from "./deployment-view.tsx";
import { deploymentDocument } from "./documents.ts";

// The title and the page are made from one reading.
const readDeployment = cache((id: string) => read(deploymentDocument, { id }));

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { deployment } = await readDeployment((await params).id);
  return { title: deployment?.fullName ?? "Deployment" };
}

export default async function DeploymentPage({ params }: Props) {
  const { deployment } = await readDeployment((await params).id);
  if (deployment === null || deployment === undefined) notFound();
  const events = await readResourceEvents(`prefect.deployment.${deployment.id}`);
  return <DeploymentView key={deployment.id} deployment={deployment} events={events} />;
}
