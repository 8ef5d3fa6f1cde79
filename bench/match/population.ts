import type { Labels } from "../../core/event/event.ts";
import type { EventTrigger, LabelSpec } from "../../core/trigger/trigger.ts";

/** A trigger, and an event that it wants and, but for chance, no other. */
export interface Subject {
  trigger: EventTrigger;
  event: { event: string; resource: Labels; related: readonly Labels[] };
}

interface Wish {
  expect?: string[];
  match?: LabelSpec;
  matchRelated?: LabelSpec[];
}

interface Told {
  event: string;
  id?: string;
  labels?: Record<string, string>;
  flow?: string;
}

/** The n-th of a population: of twenty 14 have exact names, 4 prefixes, one a negation or an inner wildcard, one labels only. */
export function subject(n: number): Subject {
  const [wish, told] = pair(n);
  return {
    trigger: {
      id: String(n),
      type: "event",
      match: wish.match ?? {},
      matchRelated: wish.matchRelated ?? [],
      after: [],
      expect: wish.expect ?? [],
      forEach: [],
      posture: "Reactive",
      threshold: 1,
      within: 0,
    },
    event: {
      event: told.event,
      resource: {
        "prefect.resource.id": told.id ?? `thing.${n}`,
        "prefect.resource.name": `thing ${n}`,
        region: regions[n % regions.length] ?? "eu",
        ...told.labels,
      },
      related: [
        { "prefect.resource.id": told.flow ?? `prefect.flow.f-${n}`, "prefect.resource.role": "flow" },
        { "prefect.resource.id": `prefect.tag.t-${n % 10}`, "prefect.resource.role": "tag" },
      ],
    },
  };
}

const regions = ["eu", "us", "asia"];
const states = ["Completed", "Failed", "Crashed", "Running", "Pending"];

function pair(n: number): [Wish, Told] {
  const kind = n % 20;
  const state = `prefect.flow-run.${states[n % states.length]}`;
  // Names of its own.
  if (kind < 7) return [{ expect: [`order.${n}.created`] }, { event: `order.${n}.created` }];
  // A name that thousands have, of one resource.
  if (kind < 11)
    return [
      { expect: [state], match: { "prefect.resource.id": [`prefect.flow-run.r-${n}`] } },
      { event: state, id: `prefect.flow-run.r-${n}` },
    ];
  // A name that thousands have, related to one flow: what the runs of a deployment's flow are watched by.
  if (kind < 14)
    return [
      {
        expect: [state],
        match: { "prefect.resource.id": ["prefect.flow-run.*"] },
        matchRelated: [
          { "prefect.resource.role": ["flow"], "prefect.resource.id": [`prefect.flow.watched-${n}`] },
        ],
      },
      { event: state, id: `prefect.flow-run.x-${n}`, flow: `prefect.flow.watched-${n}` },
    ];
  // Beginnings: of a name, and of an id under one that many have.
  if (kind < 17) return [{ expect: [`tenant-${n}.orders.*`] }, { event: `tenant-${n}.orders.shipped` }];
  if (kind < 18)
    return [
      { expect: ["machine.*"], match: { "prefect.resource.id": [`machine.${n}.*`] } },
      { event: "machine.started", id: `machine.${n}.7` },
    ];
  // Inner wildcards that all begin alike, and negations.
  if (kind < 19)
    return n % 40 < 20
      ? [{ expect: [`stock.*.below-${n}`] }, { event: `stock.north.below-${n}` }]
      : [
          { expect: ["!door.*"], match: { door: [`d-${n}`], region: ["!antarctica"] } },
          { event: "alarm.raised", labels: { door: `d-${n}` } },
        ];
  // Any name, by labels.
  return [
    { match: { site: [`site-${n}`], type: ["sensor"] } },
    { event: "sensor.read", labels: { site: `site-${n}`, type: "sensor" } },
  ];
}
