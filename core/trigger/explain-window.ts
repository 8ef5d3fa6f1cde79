import type { Bucket } from "./bucket.ts";
import { documentPath, type Explained, instantText } from "./explained.ts";
import type { BucketOutcome, BucketStep, Ignored } from "./step.ts";
import type { EventLeaf } from "./watch.ts";

/** What an event that an event trigger wants did to the window of its key. */
export function explainWindow(leaf: EventLeaf, step: BucketStep, occurred: number): Explained[] {
  const { forEach } = leaf.trigger;
  const window = explainOutcome(leaf, step, occurred);
  if (forEach.length === 0) return [window];
  const key = forEach.map((label, index) => `${label} = ${JSON.stringify(step.key[index] ?? "")}`).join(", ");
  return [
    {
      path: documentPath(leaf.path, "for_each"),
      holds: true,
      expected: `the window of each ${forEach.join(" and ")}`,
      actual: key,
      because: "",
    },
    window,
  ];
}

function explainOutcome({ trigger, path }: EventLeaf, step: BucketStep, occurred: number): Explained {
  const { outcome, before, after } = step;
  const proactive = trigger.posture === "Proactive";
  const at = (field: string) => documentPath(path, field);
  switch (outcome.kind) {
    case "fired":
      return {
        path: at("threshold"),
        holds: true,
        expected: eventsText(outcome.needed),
        actual: String(outcome.count),
        because: "",
      };
    case "counted": {
      const counted = `${outcome.count} of ${outcome.needed}`;
      return {
        path: at("threshold"),
        holds: false,
        expected: `${eventsText(outcome.needed)}${windowText(after)}`,
        actual: String(outcome.count),
        because: proactive
          ? `It counted as ${counted}${windowText(after)}; it fires at ${endText(after)} unless the others come before.`
          : `It counted as ${counted}${windowText(after)}.`,
      };
    }
    case "armed":
      return {
        path: at(proactive ? "posture" : "threshold"),
        holds: false,
        expected: proactive ? "a window that ends" : eventsText(Math.max(1, trigger.threshold)),
        actual: `armed${windowText(after)}`,
        because: proactive
          ? `It armed the trigger, which fires at ${endText(after)} unless ${eventsText(trigger.threshold)} that it expects ${trigger.threshold === 1 ? "comes" : "come"} before.`
          : `It armed the trigger, and itself does not count: what is expected counts${windowText(after)}.`,
      };
    case "satisfied":
      return {
        path: at("posture"),
        holds: false,
        expected: `a window that ends with fewer than ${eventsText(outcome.count)}`,
        actual: `${outcome.count}${windowText(before)}`,
        because: `It came in time: the window${windowText(before)} is satisfied and closed${outcome.rearmed ? `, and the next one ends at ${endText(after)}` : ""}.`,
      };
    case "missed":
    case "started":
      return passed(at("within"), outcome);
    case "ignored":
      return ignoredText(outcome.reason, at, occurred, before, trigger.within);
  }
}

/** What only the clock does, and no event. */
function passed(path: string[], { kind }: BucketOutcome): Explained {
  return {
    path,
    holds: false,
    expected: "an event",
    actual: kind,
    because: "The clock did this, and no event.",
  };
}

function ignoredText(
  reason: Ignored,
  at: (field: string) => string[],
  time: number,
  before: Bucket | null,
  within: number,
): Explained {
  const occurred = instantText(time);
  const not = (field: string, expected: string, actual: string, because: string): Explained => ({
    path: at(field),
    holds: false,
    expected,
    actual,
    because,
  });
  switch (reason.kind) {
    case "not-armed":
      return not("after", "an arming event before it", "none", "It came while the trigger was not armed.");
    case "window-over": {
      const end = instantText(reason.end);
      const because = `It occurred at ${occurred}, and the window that the last arming event opened had ended at ${end}.`;
      return not("within", `before ${end}`, occurred, because);
    }
    case "too-old": {
      const start = instantText(reason.start);
      const silent = `The trigger is silent for events before ${start}, since it fired at ${reason.firedAt === null ? "" : instantText(reason.firedAt)}.`;
      const old = `It occurred at ${occurred}, before the window began at ${start}.`;
      return not("within", `${start} or later`, occurred, reason.firedAt === null ? old : silent);
    }
    case "ahead-of-window": {
      const end = instantText(reason.end);
      const because = `It occurred at ${occurred}, when the window had ended at ${end}, whose end the clock has yet to reach.`;
      return not("within", `before ${end}`, occurred, because);
    }
    case "already-armed": {
      const because = `The trigger was armed already${windowText(before)}: arming it again changes nothing.`;
      return not("after", "not armed", `armed${windowText(before)}`, because);
    }
    case "cannot-follow-itself":
      return not(
        "within",
        "an event after the one that arms",
        `within ${within}`,
        "It arms and is expected at once, and with `within` 0 no event comes after itself.",
      );
    case "threshold-zero":
      return not(
        "threshold",
        "at least 1",
        "0",
        "The trigger never fires: there are no fewer than 0 events.",
      );
  }
}

function eventsText(count: number): string {
  return `${count} event${count === 1 ? "" : "s"}`;
}

function windowText(bucket: Bucket | null): string {
  if (bucket === null || (bucket.start === null && bucket.end === null)) return "";
  const from = bucket.start === null ? "" : ` from ${instantText(bucket.start)}`;
  return bucket.end === null ? `${from} on` : `${from} until ${instantText(bucket.end)}`;
}

function endText(bucket: Bucket | null): string {
  return bucket?.end == null ? "no time" : instantText(bucket.end);
}
