import { notFound, redirect } from "next/navigation";
import { graphql } from "../../../gql/gql.ts";
import { read } from "../../../lib/graphql/server.ts";

const document = graphql(`
  query PoolOfQueue($id: ID!) {
    workQueue(id: $id) {
      id
      workPool {
        id
      }
    }
  }
`);

interface Props {
  params: Promise<{ id: string }>;
}

/** A queue is shown on its pool's page. */
export default async function WorkQueuePage({ params }: Props) {
  const { workQueue } = await read(document, { id: (await params).id });
  if (workQueue === null || workQueue === undefined) notFound();
  redirect(`/work-pools/${workQueue.workPool.id}#${workQueue.id}`);
}
