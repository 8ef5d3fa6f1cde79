import type { MemberFiring, TriggerFiring } from "./firing.ts";

/** A firing of any trigger of a tree, before it is known what becomes of it. */
export type NodeFiring = Omit<TriggerFiring, "firedAt" | "cause" | "ordinal">;

type Given = "triggerId" | "time" | "triggeringEventId";

/** A firing `Triggered`, of no key and with nothing else to tell, but for what is given. */
export function nodeFiring(of: Pick<NodeFiring, Given> & Partial<Omit<NodeFiring, Given>>): NodeFiring {
  return { state: "Triggered", key: [], labels: {}, counted: [], members: [], metricValue: null, ...of };
}

/** What a parent keeps and carries of it. */
export function asMember({ triggerId, time, labels, triggeringEventId }: NodeFiring): MemberFiring {
  return { triggerId, time, labels, triggeringEventId };
}
