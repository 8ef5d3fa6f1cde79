import type { Metadata } from "next";
import { read } from "../../lib/graphql/server.ts";
import { poolsDocument } from "./documents.ts";
import { LivePools } from "./live-pools.tsx";

export const metadata: Metadata = { title: "Work pools" };

export default async function WorkPoolsPage() {
  return <LivePools initial={await read(poolsDocument, {})} />;
}
