import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { documentsIn } from "../../sdk/cli/read-yaml.ts";
import type { DeployValue } from "../../sdk/deployment-file/expression.ts";
import { fillIn, valuesWanted, type Zone } from "../../sdk/deployment-file/fill-in.ts";
import { referencesOf, withIds } from "../../sdk/deployment-file/references.ts";

/** What the tests' values are: their own names, or what `known` has. */
function fill(value: unknown, zone: Zone, known: Record<string, unknown> = {}) {
  return fillIn(value, zone, ["at"], (wanted: DeployValue) => {
    const name = wanted.kind === "block" ? `${wanted.type}/${wanted.name}` : wanted.name;
    return { value: (name in known ? known[name] : name) as never }; // JSON of the test's own
  });
}

describe("actions 4.4: an expression that is filled in at deploy time", () => {
  it.each([
    ["{{ $A }}", "A"],
    ["{{$A}} and {{ $B }}", "A and B"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a deploy fills in is written so
    ["${{ $A }}", "A"],
    ["$5 for {{ $A }}", "$5 for A"],
    ["{{ antiphon.variables.list }}", [1, { a: null }]],
    ["the list: {{ prefect.variables.list.0 }}", 'the list: [1,{"a":null}]'],
    ["{{ antiphon.blocks.json.kept.key }}", "json/kept"],
    ["{{ not closed", "{{ not closed"],
    ["no { braces }", "no { braces }"],
    ["", ""],
  ])("%s is %j", (text, filled) => {
    expect(fill(text, "deployment", { list: [1, { a: null }] })).toEqual({ value: filled, issues: [] });
  });

  it.each([
    "{{ }}",
    "{{ A }}",
    "{{ $1 }}",
    "{{ $A | upper }}",
    "{{ event.id }}",
    "{{ prefect.variables }}",
    "{{ x.variables.a }}",
  ])("%s is not known, and told with what is", (text) => {
    expect(fill({ tags: [text] }, "deployment").issues).toEqual([
      {
        path: ["at", "tags", "0"],
        message: expect.stringContaining(`${text} is not known at deploy time: there is $NAME`),
      },
    ]);
  });

  it("is a number or a flag where the field is one", () => {
    const known = { N: "30", F: "false", V: "1.10" };
    const given = {
      within: "{{ $N }}",
      enabled: "{{ $F }}",
      version: "{{ $V }}",
      description: "{{ $N }}",
      threshold: "30",
    };
    expect(fill(given, "deployment", known).value).toEqual({
      within: 30,
      enabled: false,
      version: "1.10",
      description: "30",
      threshold: "30",
    });
  });

  it("leaves what belongs to the run, and what an automation's firing fills in, as it is", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a deploy fills in is written so
    const text = "{{ event.id }} {{ $A }} {{ prefect.variables.b }} ${{ $C }}";
    expect(fill({ parameters: { deep: [text] } }, "deployment").value).toEqual({
      parameters: { deep: ["{{ event.id }} A b C"] },
    });
    expect(fill({ triggers: [{ parameters: { deep: [text] } }] }, "deployment").value).toEqual({
      triggers: [{ parameters: { deep: ["{{ event.id }} {{ $A }} {{ prefect.variables.b }} C"] } }],
    });
    expect(fill({ parameters: { deep: [text] } }, "trigger").value).toEqual({
      parameters: { deep: ["{{ event.id }} {{ $A }} {{ prefect.variables.b }} C"] },
    });
    expect(fill({ parameters: text }, "known").value).toEqual({ parameters: "{{ event.id }} A b C" });
    expect(valuesWanted({ job_variables: text, tags: ["{{ $D }}"] }, "trigger")).toEqual([
      { kind: "environment", name: "C" },
      { kind: "environment", name: "D" },
    ]);
  });

  it("changes nothing in any document without one", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom<Zone>("deployment", "trigger", "known", "run"),
        (value, zone) => {
          fc.pre(!JSON.stringify(value).includes("{{"));
          expect(fill(value, zone)).toEqual({ value, issues: [] });
        },
      ),
    );
  });
});

describe("actions 5.4: names in the places of ids", () => {
  it("are those of actions only, and not where the id stands too", () => {
    const document = {
      name: "n",
      block: "no action",
      actions: [{ type: "a", deployment: "f/d", parameters: { block: "a/b" } }, "odd"],
      actions_on_resolve: [{ automation: "x", automation_id: "y" }, { block: 5 }, { work_queue: "p/q" }],
    };
    expect(referencesOf(document)).toEqual([
      { noun: "deployment", name: "f/d", path: ["actions", "0", "deployment"] },
      { noun: "work_queue", name: "p/q", path: ["actions_on_resolve", "2", "work_queue"] },
    ]);
    expect(withIds(document, ({ name }) => `id of ${name}`)).toEqual({
      ...document,
      actions: [{ type: "a", deployment_id: "id of f/d", parameters: { block: "a/b" } }, "odd"],
      actions_on_resolve: [
        { automation: "x", automation_id: "y" },
        { block: 5 },
        { work_queue_id: "id of p/q" },
      ],
    });
  });
});

it("a file may keep what is repeated under definitions, by YAML's anchors", () => {
  const [document] = documentsIn(
    "antiphon.yaml",
    "definitions:\n  pool: &pool { work_pool: { name: local } }\ndeployments:\n  - name: a\n    <<: *pool\n",
  );
  expect(document?.value).toMatchObject({ deployments: [{ name: "a", work_pool: { name: "local" } }] });
  expect(document?.place(["deployments", "0", "name"])).toBe("antiphon.yaml:4");
});
