import type { Json, JsonObject } from "../../../../core/json.ts";
import { isJsonObject } from "../../../../core/json.ts";
import type { Runnable } from "./runnable.ts";

/** What a new automation begins with. */
export interface Start {
  /** In the address, as `template`. */
  readonly slug: string;
  readonly title: string;
  /** When one wants it. */
  readonly what: string;
  document(known: StartKnows): JsonObject;
}

/** What there is that a start can name. */
export interface StartKnows {
  /** Null where there is none. */
  readonly deployment: Runnable | null;
  readonly notify: string | null;
}

const allRuns = { "prefect.resource.id": "prefect.flow-run.*" };

const notify = ({ notify: block }: StartKnows, subject: string, body: string): JsonObject => ({
  type: "send-notification",
  block_document_id: block ?? "",
  subject,
  body,
});

const runs = ({ id, parameters }: Runnable): JsonObject => ({
  type: "run-deployment",
  deployment_id: id,
  parameters,
});

/** The starts, in the order in which they are offered. */
export const starts: readonly Start[] = [
  {
    slug: "custom",
    title: "Something happens",
    what: "An event, and what is done about it",
    document: ({ deployment }) => ({
      name: "Ship what is paid",
      trigger: { type: "event", expect: ["order.paid"], for_each: ["prefect.resource.id"] },
      actions: deployment === null ? [{ type: "do-nothing" }] : [runs(deployment)],
    }),
  },
  {
    slug: "run-failed",
    title: "A run fails",
    what: "Tell somebody",
    document: (known) => ({
      name: "Tell of failed runs",
      trigger: {
        type: "event",
        match: allRuns,
        expect: ["prefect.flow-run.Failed", "prefect.flow-run.Crashed", "prefect.flow-run.TimedOut"],
        for_each: ["prefect.resource.id"],
      },
      actions: [
        notify(
          known,
          "{{ flow_run.name }} failed",
          "**{{ flow.name }}**: {{ flow_run.state.message }}\n{{ flow_run|ui_url }}\n",
        ),
      ],
    }),
  },
  {
    slug: "stands-still",
    title: "Work stands still",
    what: "A deployment, pool or queue is not ready",
    document: (known) => ({
      name: "Tell of work that stands still",
      trigger: {
        type: "event",
        expect: [
          "prefect.deployment.not-ready",
          "prefect.deployment.disabled",
          "prefect.work-pool.not-ready",
          "prefect.work-queue.not-ready",
        ],
        for_each: ["prefect.resource.id"],
      },
      actions: [
        notify(
          known,
          "{{ event.resource['prefect.resource.name'] }} stands still",
          "{{ event.event }}\n{{ event.resource|ui_url }}\n",
        ),
      ],
    }),
  },
  {
    slug: "stays",
    title: "A run stays in a state",
    what: "Cancel it",
    document: () => ({
      name: "Cancel what runs too long",
      trigger: {
        type: "event",
        posture: "Proactive",
        match: allRuns,
        after: ["prefect.flow-run.Running"],
        expect: [
          "prefect.flow-run.Completed",
          "prefect.flow-run.Failed",
          "prefect.flow-run.Crashed",
          "prefect.flow-run.TimedOut",
          "prefect.flow-run.Cancelled",
          "prefect.flow-run.Suspended",
          "prefect.flow-run.Paused",
        ],
        for_each: ["prefect.resource.id"],
        within: 3600,
      },
      actions: [{ type: "cancel-flow-run" }],
    }),
  },
  {
    slug: "absent",
    title: "Something does not happen",
    what: "In time after something else",
    document: () => ({
      name: "Orders without a shipment",
      trigger: {
        type: "event",
        posture: "Proactive",
        after: ["order.created"],
        expect: ["order.shipped"],
        for_each: ["prefect.resource.id"],
        within: 3600,
      },
      actions: [{ type: "do-nothing" }],
    }),
  },
  {
    slug: "compound",
    title: "Several things happen",
    what: "All of them, some, or in order",
    document: () => ({
      name: "Both sources are in",
      trigger: {
        type: "compound",
        require: "all",
        within: 3600,
        triggers: [
          { type: "event", expect: ["source.a.loaded"] },
          { type: "event", expect: ["source.b.loaded"] },
        ],
      },
      actions: [{ type: "do-nothing" }],
    }),
  },
  {
    slug: "metric",
    title: "A figure is bad",
    what: "Failures, durations, lateness of runs",
    document: (known) => ({
      name: "Too many failures",
      trigger: {
        type: "metric",
        metric: { name: "successes", operator: "<", threshold: 0.9, range: 3600, firing_for: 300 },
      },
      actions: [],
      actions_on_trigger: [
        known.notify === null
          ? { type: "do-nothing" }
          : notify(known, "Runs fail", "Of the runs of the last hour, {{ metric.value }} went well.\n"),
      ],
    }),
  },
];

/** A copy that watches only once somebody has looked at it, and belongs to nobody. */
export function copyOf(document: Json): Json {
  if (!isJsonObject(document)) return document;
  const { owner_resource: _, name, ...rest } = document;
  return { name: `${typeof name === "string" ? name : "automation"} copy`, ...rest, enabled: false };
}

/** An automation that runs a deployment. */
export function runningDeployment({ name, ...deployment }: Runnable & { name: string }): JsonObject {
  return {
    name: `Run ${name}`,
    trigger: { type: "event", expect: ["order.paid"], for_each: ["prefect.resource.id"] },
    actions: [runs(deployment)],
  };
}
