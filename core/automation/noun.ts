/** What actions act upon, each with the kind of its resources, its field in documents and what it is called in sentences. */
export const nouns = {
  deployment: {
    kind: "prefect.deployment",
    idField: "deployment_id",
    thing: "deployment",
  },
  flowRun: { kind: "prefect.flow-run", idField: "flow_run_id", thing: "flow run" },
  automation: {
    kind: "prefect.automation",
    idField: "automation_id",
    thing: "automation",
  },
  workPool: { kind: "prefect.work-pool", idField: "work_pool_id", thing: "work pool" },
  workQueue: { kind: "prefect.work-queue", idField: "work_queue_id", thing: "work queue" },
  block: { kind: "prefect.block-document", idField: "block_document_id", thing: "block" },
} as const;

export type Noun = keyof typeof nouns;
