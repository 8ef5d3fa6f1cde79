import type { LogEvent } from "../../../../core/event/event.ts";

/**
 * The rules in their plainest form, for whoever wants to compare: lists are searched from the beginning for every question, and nothing is
 * kept but what has happened. Only for triggers and histories for which the rule is simple. Times are milliseconds.
 */

/** Tumbling windows (triggers.md 6.2): the positions of the events that fire. */
export function tumbling(events: readonly LogEvent[], threshold: number, within: number): number[] {
  const fired: number[] = [];
  let windows: { start: number; end: number; inside: number }[] = [];
  for (const { occurred, position } of events) {
    let current = windows.at(-1);
    if (current === undefined) windows = [{ start: occurred - 900_000, end: occurred + within, inside: 0 }];
    else if (occurred < current.start) continue;
    else if (occurred >= current.end) windows.push({ start: occurred, end: occurred + within, inside: 0 });
    current = windows.at(-1);
    if (current === undefined) continue;
    current.inside += 1;
    if (current.inside < Math.max(1, threshold)) continue;
    fired.push(position);
    windows.push({ start: current.end, end: current.end + within, inside: 0 });
  }
  return fired;
}

/** A member's firing: which member, and when. */
interface MemberFiring {
  readonly member: number;
  readonly time: number;
  readonly order: number;
}

/**
 * A composite whose members each fire at once by the events of their own name (triggers.md 8): the positions of the events that fire it.
 * `names`: the members' names in order, all different.
 */
export function composite(
  events: readonly LogEvent[],
  names: readonly string[],
  rule: { readonly needed: number; readonly inOrder: boolean; readonly within: number | null },
): number[] {
  const fired: number[] = [];
  let since: MemberFiring[] = [];
  for (const { event, occurred, position } of events) {
    const member = names.indexOf(event);
    if (member < 0) continue;
    since.push({ member, time: occurred, order: position });
    const remembered = latestOfEach(since, rule.within);
    if (remembered.length < rule.needed) continue;
    if (rule.inOrder && !isAscending(remembered)) continue;
    fired.push(position);
    since = [];
  }
  return fired;
}

/** What is remembered after all these firings, by the members' order: each one judged by what was remembered when it came. */
function latestOfEach(firings: readonly MemberFiring[], within: number | null): MemberFiring[] {
  let kept: MemberFiring[] = [];
  for (const firing of firings) {
    const others = kept.filter((one) => one.member !== firing.member);
    const same = kept.find((one) => one.member === firing.member);
    kept = [...others, same !== undefined && same.time > firing.time ? same : firing];
    const latest = Math.max(...kept.map((one) => one.time));
    kept = kept.filter((one) => within === null || one.time >= latest - within);
  }
  return kept.sort((a, b) => a.member - b.member);
}

function isAscending(firings: readonly MemberFiring[]): boolean {
  return firings.every((firing, index) =>
    firings
      .slice(0, index)
      .every(
        (before) => before.time < firing.time || (before.time === firing.time && before.order < firing.order),
      ),
  );
}

/**
 * A watch with arming (triggers.md 7.1) over events that arrive at once and in order, each a whole second: the ends of the windows that
 * fire, found by looking at every second.
 */
export function watchdog(
  events: readonly LogEvent[],
  {
    arming,
    expected,
    threshold,
    within,
    from,
    until,
  }: {
    readonly arming: string;
    readonly expected: readonly string[];
    readonly threshold: number;
    readonly within: number;
    readonly from: number;
    readonly until: number;
  },
): number[] {
  const fired: number[] = [];
  let armedAt: number | null = null;
  let count = 0;
  for (let now = from; now <= until; now += 1000) {
    if (armedAt !== null && now === armedAt + within) {
      fired.push(now);
      armedAt = null;
    }
    for (const { event } of events.filter(({ occurred }) => occurred === now)) {
      if (armedAt !== null && expected.includes(event)) {
        count += 1;
        if (count < threshold) continue;
        armedAt = event === arming ? now : null;
        count = 0;
      } else if (armedAt === null && event === arming) {
        armedAt = now;
        count = 0;
      }
    }
  }
  return fired;
}
