import { describe, expect, it } from "vitest";
import { InvalidInputError } from "../../../core/error.ts";
import { parseTriggerDocument, parseTriggerInput } from "../../../core/trigger/parse.ts";

function refusal(work: () => unknown): InvalidInputError {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInputError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

const messages = (document: unknown) =>
  refusal(() => parseTriggerDocument(document)).issues.map(({ message }) => message);

const leaf = { expect: ["x"] };

describe("triggers 4: what is left out of an event trigger", () => {
  it("is empty, Reactive, once and without a window", () => {
    expect(parseTriggerDocument({})).toEqual({
      type: "event",
      match: {},
      matchRelated: [],
      after: [],
      expect: [],
      forEach: [],
      posture: "Reactive",
      threshold: 1,
      within: 0,
    });
  });

  it("is a window of 10 s where it is Proactive; an explicit 0 means it too", () => {
    expect(parseTriggerDocument({ posture: "Proactive" })).toMatchObject({ within: 10 });
    expect(parseTriggerDocument({ posture: "Proactive", within: 0 })).toMatchObject({ within: 10 });
    expect(parseTriggerDocument({ posture: "Proactive", within: "PT0S" })).toMatchObject({ within: 10 });
  });
});

describe("triggers 4: what is refused", () => {
  it.each([
    [{ match: [] }, "match must be an object of labels; it is a list"],
    [{ match: null }, "match must be an object of labels; it is null"],
    [{ match: "a" }, 'match must be an object of labels; it is the text "a"'],
    [{ match: { a: 1 } }, "match.a must be text or a list of texts; it is the number 1"],
    [{ match: { "a.b": ["x", null] } }, 'match["a.b"] must be text or a list of texts; it holds null'],
    [
      { match_related: null },
      "match_related must be an object of labels or a list of such objects; it is null",
    ],
    [{ match_related: [{ a: "x" }, 7] }, "match_related[1] must be an object of labels; it is the number 7"],
    [{ match_related: { a: {} } }, "match_related.a must be text or a list of texts; it is an object"],
    [{ expect: null }, "expect must be a list of texts; it is null"],
    [{ after: { a: 1 } }, "after must be a list of texts; it is an object"],
    [{ for_each: ["a", 2] }, "for_each[1] must be text; it is the number 2"],
    [{ posture: "reactive" }, 'posture must be Reactive or Proactive; it is the text "reactive"'],
    [{ posture: null }, "posture must be Reactive or Proactive; it is null"],
    [{ threshold: null }, "threshold must be an integer; it is null"],
    [{ threshold: "3" }, 'threshold must be an integer; it is the text "3"'],
    [{ threshold: 1.5 }, "threshold must be an integer; it is the number 1.5"],
    [{ threshold: -1 }, "threshold must be at least 0; it is the number -1"],
    [{ threshold: 2 ** 31 }, "threshold must be at most 2147483647; it is the number 2147483648"],
    [{ within: -0.001 }, "within must be at least 0; it is the number -0.001"],
    [
      { within: true },
      "within must be a number of seconds or an ISO-8601 duration such as PT30S; it is true",
    ],
    [
      { within: "30" },
      'within must be a number of seconds or an ISO-8601 duration such as PT30S; it is the text "30"',
    ],
    [
      { within: Number.POSITIVE_INFINITY },
      "within must be a number of seconds or an ISO-8601 duration such as PT30S; it is Infinity",
    ],
    [{ within: 1e12 }, "within must be at most 3155760000 (100 years); it is the number 1000000000000"],
    [
      { posture: "Proactive", within: 9.999999 },
      "within must be at least 10 for Proactive; it is the number 9.999999",
    ],
    [{ posture: "Proactive", within: -1 }, "within must be at least 10 for Proactive; it is the number -1"],
    [
      { posture: "Proactive", within: "PT9S" },
      'within must be at least 10 for Proactive; it is the text "PT9S"',
    ],
    [{ type: "compound", require: "all" }, "triggers is required"],
    [{ type: "sequence", triggers: {} }, "triggers must be a list of triggers; it is an object"],
    [{ type: "sequence", triggers: [] }, "triggers must have at least one member; it is empty"],
    [{ type: "compound", triggers: [leaf] }, "require is required"],
    [{ require: null, triggers: [leaf] }, "require must be any, all or an integer; it is null"],
    [{ require: "some", triggers: [leaf] }, 'require must be any, all or an integer; it is the text "some"'],
    [{ require: 1.5, triggers: [leaf] }, "require must be any, all or an integer; it is the number 1.5"],
    [{ require: 0, triggers: [leaf] }, "require must be at least 1; it is the number 0"],
    [
      { require: 2, triggers: [leaf] },
      "require must be at most 1, the number of members; it is the number 2",
    ],
    [{ triggers: [leaf], within: -1 }, "within must be at least 0; it is the number -1"],
    [{ triggers: [leaf], posture: "Reactive" }, "posture is no field of a sequence trigger"],
    [{ type: "metric" }, "metric is required"],
    [{ posture: "Metric", metric: null }, "metric must be an object; it is null"],
    [
      { type: "metric", posture: "Reactive", metric: ok() },
      'posture must be Metric; it is the text "Reactive"',
    ],
    [
      { type: "metric", metric: { ...ok(), name: "speed" } },
      'metric.name must be successes, duration or lateness; it is the text "speed"',
    ],
    [
      { type: "metric", metric: { ...ok(), operator: "=" } },
      'metric.operator must be <, <=, > or >=; it is the text "="',
    ],
    [
      { type: "metric", metric: { ...ok(), threshold: "1" } },
      'metric.threshold must be a number; it is the text "1"',
    ],
    [
      { type: "metric", metric: { ...ok(), range: 299.9 } },
      "metric.range must be at least 300; it is the number 299.9",
    ],
    [
      { type: "metric", metric: { ...ok(), firing_for: null } },
      "metric.firing_for must be a number of seconds or an ISO-8601 duration such as PT30S; it is null",
    ],
    [{ type: "magic" }, 'type must be event, compound, sequence or metric; it is the text "magic"'],
    [{ type: null }, "type must be event, compound, sequence or metric; it is null"],
    [{ matches: {} }, 'matches is no field of an event trigger; did you mean "match"?'],
    [{ matchRelated: {} }, 'matchRelated is no field of an event trigger; did you mean "match_related"?'],
    [{ expect: ["a\0"] }, "expect[0] holds a NUL character, which cannot be stored"],
    [{ match: { a: "\ud800" } }, "match.a holds half of a surrogate pair, which is no Unicode text"],
    ["x", 'the trigger must be an object; it is the text "x"'],
    [null, "the trigger must be an object; it is null"],
  ])("%j", (document, message) => {
    const [first, ...more] = messages(document);
    expect(first?.startsWith(message) ? message : first).toBe(message);
    expect(more).toEqual([]);
  });

  function ok() {
    return { name: "successes", operator: "<", threshold: 0.5 };
  }

  it("is told all at once, each with its place", () => {
    const refused = refusal(() =>
      parseTriggerDocument({
        type: "compound",
        require: 9,
        within: "soon",
        triggers: [
          { match: { a: 1 }, threshold: -1, colour: "red" },
          { type: "sequence", triggers: [{ posture: "Proactive", within: 3 }, 5] },
        ],
      }),
    );
    expect(refused.issues.map(({ path }) => path.join("."))).toEqual([
      "require",
      "within",
      "triggers.0.match.a",
      "triggers.0.threshold",
      "triggers.0.colour",
      "triggers.1.triggers.0.within",
      "triggers.1.triggers.1",
    ]);
    expect(refused.message).toContain("triggers[1].triggers[0].within must be at least 10 for Proactive");
  });

  it("what is misspelt is read on as what was meant, so that what is wrong behind it is told too", () => {
    const refused = refusal(() =>
      parseTriggerDocument({ type: "evnt", posture: "proactive", within: 3, expekt: "x" }),
    );
    expect(refused.issues.map(({ path }) => path.join("."))).toEqual(["type", "posture", "within", "expekt"]);
  });

  it("a metric that looks further back than events are kept", () => {
    const document = { type: "metric", metric: { ...ok(), range: "P8D" } };
    expect(refusal(() => parseTriggerDocument(document, { maxMetricRange: 604_800 })).message).toBe(
      'metric.range must be at most 604800, as long as events are kept; it is the text "P8D"',
    );
    expect(parseTriggerDocument(document)).toMatchObject({ metric: { range: 691_200 } });
  });
});

describe("triggers 4: members", () => {
  const nested = (levels: number): object =>
    levels === 0 ? leaf : { type: "sequence", triggers: [nested(levels - 1)] };

  it("are nested at most 8 deep", () => {
    expect(parseTriggerDocument(nested(8))).toMatchObject({ type: "sequence" });
    const place = Array(9).fill("triggers").join("[0].");
    expect(messages(nested(9))).toEqual([
      `${place} is too deep: members may be nested at most 8 levels deep`,
    ]);
    expect(messages(nested(5000))).toHaveLength(1);
  });

  it("are at most 100 in all", () => {
    const wide = (members: number) => ({
      type: "sequence",
      triggers: Array.from({ length: members }, () => leaf),
    });
    expect(parseTriggerDocument({ triggers: [wide(49), wide(49)] })).toBeDefined();
    expect(messages({ triggers: [wide(49), wide(50)] })).toEqual([
      "triggers[1].triggers brings the members to 101: a trigger has at most 100 in all",
    ]);
    expect(messages({ triggers: [wide(100_000), leaf] })).toHaveLength(1);
  });
});

describe("actions 4.1, 77: the kind of a trigger without type", () => {
  it.each([
    [{ posture: "Metric", metric: { name: "duration", operator: ">", threshold: 1 } }, "metric"],
    [{ require: "any", triggers: [leaf] }, "compound"],
    [{ triggers: [leaf] }, "sequence"],
    [{}, "event"],
    [leaf, "event"],
  ])("%j is %s", (document, type) => {
    expect(parseTriggerDocument(document).type).toBe(type);
    expect(parseTriggerDocument({ triggers: [document] })).toMatchObject({ triggers: [{ type }] });
  });

  it("an explicit type wins", () => {
    expect(messages({ type: "event", triggers: [leaf] })).toEqual([
      expect.stringMatching(/^triggers is no field of an event trigger/),
    ]);
  });
});

describe("the normal form", () => {
  it("has sets in the order of code points, each name once", () => {
    const names = ["b", "a", "b", "\u{1F600}", "\uFFFD"];
    expect(parseTriggerDocument({ expect: names, after: names, for_each: names })).toMatchObject({
      expect: ["a", "b", "\uFFFD", "\u{1F600}"],
      after: ["a", "b", "\uFFFD", "\u{1F600}"],
      forEach: ["a", "b", "\uFFFD", "\u{1F600}"],
    });
  });

  it("has a single text as a list", () => {
    expect(parseTriggerDocument({ expect: "a", after: "b", for_each: "c", match: { d: "e" } })).toMatchObject(
      {
        expect: ["a"],
        after: ["b"],
        forEach: ["c"],
        match: { d: ["e"] },
      },
    );
  });

  it("has no related specifications that restrict nothing", () => {
    for (const related of [{}, [], [{}]])
      expect(parseTriggerDocument({ match_related: related })).toMatchObject({ matchRelated: [] });
    expect(parseTriggerDocument({ match_related: [{}, { a: [] }] })).toMatchObject({
      matchRelated: [{ a: [] }],
    });
  });

  it("has times in seconds, to the millisecond", () => {
    const within = (value: unknown) => {
      const trigger = parseTriggerDocument({ within: value });
      return trigger.type === "event" ? trigger.within : null;
    };
    expect([0.5, 1.0004, "PT1M30S", "PT1.5S", "P1DT1H", "P2W", "PT0,25H"].map(within)).toEqual([
      0.5, 1, 90, 1.5, 90_000, 1_209_600, 900,
    ]);
    expect(Object.is(within(-0), 0)).toBe(true);
  });

  it.each(["P", "PT", "P1DT", "P1M", "P1Y", "1D", "PT1H1D", "PT-1S"])("knows no duration %s", (text) => {
    expect(messages({ within: text })).toHaveLength(1);
  });

  it("does not look at ids", () => {
    expect(parseTriggerDocument({ id: 7, triggers: [{ id: "x", ...leaf }] })).toEqual(
      parseTriggerDocument({ triggers: [leaf] }),
    );
  });

  it("takes a label of any name", () => {
    const match = JSON.parse('{"__proto__": "a", "constructor": ["b"], "": "c"}');
    const trigger = parseTriggerDocument({ match });
    expect(trigger.type === "event" && Object.entries(trigger.match)).toEqual([
      ["__proto__", ["a"]],
      ["constructor", ["b"]],
      ["", ["c"]],
    ]);
  });
});

describe("code", () => {
  const parse = (value: unknown) => parseTriggerDocument(value, { dialect: "code" });

  it("may write keys in camelCase or in snake_case, and labels as they are", () => {
    const wanted = parseTriggerDocument({ for_each: ["a"], match_related: { some_label: "x" } });
    expect(parse({ type: "event", forEach: ["a"], matchRelated: { some_label: "x" } })).toEqual(wanted);
    expect(parse({ for_each: ["a"], match_related: { some_label: "x" } })).toEqual(wanted);
    expect(parse({ forEach: ["a"], matchRelated: { some_label: "x" }, after: undefined })).toEqual(wanted);
  });

  it("may not write one key twice", () => {
    expect(refusal(() => parse({ forEach: ["a"], for_each: ["b"] })).issues).toMatchObject([
      { path: ["for_each"] },
    ]);
  });
});

describe("decisions 11: typed input", () => {
  const issues = (input: unknown) => refusal(() => parseTriggerInput(input)).issues;

  it("has exactly one member where a kind is chosen", () => {
    expect(issues({})).toEqual([
      {
        path: [],
        message:
          "the trigger must have exactly one of event, compound, sequence, metric; it has none of them",
      },
    ]);
    expect(issues({ event: {}, metric: null })).toMatchObject([
      { message: expect.stringContaining("it has event and metric") },
    ]);
    expect(issues({ event: null })).toEqual([{ path: ["event"], message: "event must not be null" }]);
  });

  it("has a number of members as text, and no ISO-8601 durations", () => {
    const triggers = [{ event: {} }, { event: {} }];
    expect(parseTriggerInput({ compound: { require: "2", triggers } })).toMatchObject({ require: 2 });
    for (const require of ["0", "3", "-1", "1.5", "two", ""])
      expect(issues({ compound: { require, triggers } })).toMatchObject([{ path: ["compound", "require"] }]);
    expect(issues({ event: { within: "PT1S" } })).toMatchObject([{ path: ["event", "within"] }]);
  });
});
