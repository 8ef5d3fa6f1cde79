import type { Metadata } from "next";
import Link from "next/link";
import { Fragment } from "react";
import { graphql } from "../../gql/gql.ts";
import { read } from "../../lib/graphql/server.ts";
import { Empty } from "../../ui/empty.tsx";
import { RefreshEvery } from "../../ui/refresh-every.tsx";
import { Ago } from "../../ui/time.tsx";

export const metadata: Metadata = { title: "Runners" };

const document = graphql(`
  query Runners {
    runners {
      id
      name
      deployments {
        id
        fullName
      }
      workPool {
        id
        name
      }
      limit
      startedAt
      heartbeatAt
      online
    }
  }
`);

export default async function RunnersPage() {
  const { runners } = await read(document, {});
  return (
    <div className="flex flex-col gap-5">
      <RefreshEvery seconds={10} />
      <h1 className="text-xl font-semibold tracking-tight">Runners</h1>
      <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
        {runners.length === 0 ? (
          <Empty title="No runners yet">
            <p>
              A program that serves flows is a runner, and so is a worker of a work pool. It appears here by
              itself.
            </p>
          </Empty>
        ) : (
          <ul className="divide-y divide-line">
            {runners.map((runner) => (
              <li key={runner.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
                <div className="min-w-0 flex-1 basis-60">
                  <h2 className="truncate text-sm font-medium">{runner.name}</h2>
                  <p className="text-[13px] wrap-anywhere text-soft">
                    {runner.workPool ? (
                      <>
                        worker of{" "}
                        <Link href={`/work-pools/${runner.workPool.id}`} className="hover:underline">
                          {runner.workPool.name}
                        </Link>
                      </>
                    ) : (
                      runner.deployments.map(({ id, fullName }, index) => (
                        <Fragment key={id}>
                          {index === 0 ? null : ", "}
                          <Link
                            href={`/deployments/${id}`}
                            prefetch={false}
                            className="hover:text-ink hover:underline"
                          >
                            {fullName}
                          </Link>
                        </Fragment>
                      ))
                    )}
                  </p>
                </div>
                <span className="flex w-20 items-center gap-2 text-xs text-soft">
                  <span
                    className={`size-2 rounded-full ${runner.online ? "bg-good" : "bg-strong"}`}
                    aria-hidden="true"
                  />
                  {runner.online ? "Online" : "Offline"}
                </span>
                <span className="w-32 text-xs text-faint">
                  {runner.limit === null ? "no limit" : `${runner.limit} at once`}
                </span>
                <span className="w-32 text-xs text-faint">
                  seen <Ago at={runner.heartbeatAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
