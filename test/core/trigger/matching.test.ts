import { describe, expect, test } from "vitest";
import { relatedHolds, specFailures, specHolds } from "../../../core/event/label-spec.ts";
import { labelPattern, namePattern } from "../../../core/event/pattern.ts";
import type { LabelSpec } from "../../../core/trigger/trigger.ts";
import { at, fires } from "./support/tell.ts";

describe("triggers 2.4: a value pattern", () => {
  const fitting: [pattern: string, value: string, why: string][] = [
    ["red", "red", "is compared with the whole value"],
    ["*", "", "may be a star that stands for nothing"],
    ["red*", "red", "may end in a star that stands for nothing"],
    ["*red*", "red", "may have stars that both stand for nothing"],
    ["a*b*c", "abc", "may have any number of stars"],
    ["a**b", "ab", "may repeat the star"],
    ["a*ab", "aab", "finds a second try for what is behind the star"],
    ["*.csv", "a.csv.csv", "takes the end of the value for what is behind the last star"],
    ["a?c", "a?c", "takes a question mark for itself"],
    ["a.c", "a.c", "takes a dot for itself"],
    ["[ab]", "[ab]", "takes brackets for themselves"],
    ["a\\*", "a\\b", "takes a backslash for itself: the star behind it is one"],
    ["a*", "a\nb", "spans lines"],
    ["", "", "may be empty"],
    ["a!b", "a!b", "takes an exclamation mark behind its first character for itself"],
  ];
  test.each(fitting)("%s fits %s: it %s", (pattern, value) => {
    expect(labelPattern(pattern)(value)).toBe(true);
    expect(labelPattern(`!${pattern}`)(value)).toBe(false);
  });

  const unfit: [pattern: string, value: string][] = [
    ["red", "Red"],
    ["red", "reddish"],
    ["red*", "re"],
    ["a?c", "abc"],
    ["a.c", "abc"],
    ["ab*ba", "aba"],
    ["a*b*c", "acb"],
    ["", "x"],
  ];
  test.each(unfit)("%s does not fit %s", (pattern, value) => {
    expect(labelPattern(pattern)(value)).toBe(false);
    expect(labelPattern(`!${pattern}`)(value)).toBe(true);
  });
});

test("triggers 2.5: only the first exclamation mark negates", () => {
  expect(labelPattern("!!x")("!x")).toBe(false);
  expect(labelPattern("!!x")("x")).toBe(true);
});

describe("triggers 2: a specification", () => {
  const resource = { "prefect.resource.id": "lamp.1", colour: "red", note: "" };

  test("2.1 accepts everything where it is empty", () => expect(specHolds({}, {})).toBe(true));

  test("2.2 asks for all its labels on the same resource", () => {
    expect(specHolds({ colour: ["red"], note: [""] }, resource)).toBe(true);
    expect(specHolds({ colour: ["red"], note: ["x"] }, resource)).toBe(false);
  });

  test("2.3 accepts nothing by an empty list", () => expect(specHolds({ colour: [] }, resource)).toBe(false));

  test.each(["*", "!red", "red", ""])("2.6 is not satisfied by a label that is absent: %s", (pattern) => {
    expect(specHolds({ size: [pattern] }, resource)).toBe(false);
  });

  test.each(["constructor", "toString", "__proto__"])(
    "takes nothing that objects inherit for a label: %s",
    (label) => {
      expect(specHolds(JSON.parse(`{"${label}": ["*", "!x"]}`), resource)).toBe(false);
    },
  );

  test("2.7 takes a negated value in a list for one more alternative", () => {
    expect(specHolds({ colour: ["re*", "!red"] }, resource)).toBe(true);
  });

  test("tells what does not hold, with what is there instead", () => {
    expect(specFailures({ colour: ["blue"], size: ["*"], note: [""] }, resource)).toEqual([
      { label: "colour", patterns: ["blue"], value: "red" },
      { label: "size", patterns: ["*"], value: null },
    ]);
  });
});

describe("triggers 2: the related resources", () => {
  const pool = { "prefect.resource.role": "pool", name: "dev-bots" };
  const tag = { "prefect.resource.role": "tag", name: "prod" };

  test("may satisfy different members of a list, or one of them all", () => {
    const both: LabelSpec[] = [{ "prefect.resource.role": ["pool"] }, { name: ["prod"] }];
    expect(relatedHolds(both, [pool, tag])).toBe(true);
    expect(relatedHolds([{ name: ["dev-*"] }, { "prefect.resource.role": ["pool"] }], [pool])).toBe(true);
    expect(relatedHolds(both, [pool])).toBe(false);
  });

  test("satisfy no restriction where there are none", () => {
    expect(relatedHolds([{ name: ["!x"] }], [])).toBe(false);
    expect(relatedHolds([{}], [])).toBe(true);
    expect(relatedHolds([], [])).toBe(true);
  });

  test("are excluded dependably by a second member", () => {
    const scoped = [
      { "prefect.resource.role": ["pool"], name: ["dev-*"] },
      { "prefect.resource.role": ["pool"], name: ["!dev-bots"] },
    ];
    expect(relatedHolds(scoped, [pool])).toBe(false);
    expect(relatedHolds(scoped, [{ ...pool, name: "dev-web" }])).toBe(true);
  });

  test("are not asked for what the primary resource is to be, nor the other way round", () => {
    const one = at(1, "ping", {
      labels: { name: "prod" },
      related: [{ ...pool, "prefect.resource.id": "p" }],
    });
    expect(fires({ type: "event", match: { name: "dev-bots" } }, [one], 5)).toEqual([]);
    expect(fires({ type: "event", match_related: { name: "prod" } }, [one], 5)).toEqual([]);
    expect(
      fires({ type: "event", match: { name: "prod" }, match_related: { name: "dev-bots" } }, [one], 5),
    ).toEqual(["1 by #0"]);
  });
});

test("triggers 2: both filters hold for arming events too", () => {
  const trigger = { type: "event", match: { team: "a" }, after: ["begun"], expect: ["done"], within: 60 };
  const done = at(2, "done", { labels: { team: "a" } });
  expect(fires(trigger, [at(1, "begun"), done], 10)).toEqual([]);
  expect(fires(trigger, [at(1, "begun", { labels: { team: "a" } }), done], 10)).toEqual(["2 by #1"]);
});

describe("triggers 3: a name pattern", () => {
  test.each([
    ["run.*", "run.x", true],
    ["run.*", "run.", false],
    ["run.*", "Run.x", false],
    ["*", "x", true],
    ["*", "", false],
    ["**", "x", false],
    ["a*b*c", "a-b-c", true],
    ["a*b*c", "abc", false],
    ["a*a", "aaa", true],
    ["a*a", "aa", false],
    ["!run.*", "run.x", false],
    ["!run.*", "run.", true],
    ["*.Failed", "prefect.flow-run.Failed", true],
  ])("%s and %s", (pattern, name, covers) => {
    expect(namePattern(pattern)(name)).toBe(covers);
  });
});
