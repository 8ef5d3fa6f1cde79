import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { context, related, resource, runId } from "../../support/template-context.ts";
import { patientTemplates, problemOf, rendered } from "../../support/templates.ts";

const templates = patientTemplates();
beforeAll(() => templates.warm());
afterAll(() => templates.close());

const text = (source: string) => rendered(templates, source, context);

describe("actions 3.2: labels", () => {
  it("have short names", async () => {
    expect(await text("{{ event.resource.id }}|{{ event.resource.name }}|{{ event.related[0].role }}")).toBe(
      `prefect.flow-run.${runId}|bold-owl|work-pool`,
    );
  });

  it("are read by their exact names, and walked by dots, also where one is a value and a beginning", async () => {
    expect(
      await text("{{ event.resource['a.b.c'] }}{{ event.resource.labels.a.b.c }}{{ event.resource.a.b }}"),
    ).toBe("221");
    expect(await text("{{ event.resource.labels.prefect.resource.id }}")).toBe(`prefect.flow-run.${runId}`);
    expect(await text("[{{ event.resource.labels.a }}]{{ event.resource.nope.x }}")).toBe("[]");
  });

  it("actions 54: as an object and as a dictionary", async () => {
    expect(await text("{{ labels.i.am.so }}|{{ labels['i.am.so'] }}")).toBe("deep|deep");
  });

  it.each(["event.resource", "event.resource.labels"])(
    "actions 55: %s gives every label and value",
    async (what) => {
      const lines = Object.entries(resource).map(([label, each]) => `${label}: ${each}\n`);
      expect(await text(`{% for label, value in ${what} %}{{ label }}: {{ value }}\n{% endfor %}`)).toBe(
        lines.join(""),
      );
      const sorted = [lines[2], lines[3], lines[0], lines[1]];
      expect(await text(`{% for label, value in ${what}|sort %}{{ label }}: {{ value }}\n{% endfor %}`)).toBe(
        sorted.join(""),
      );
    },
  );

  it("actions 56: a loop over the related resources, and one over each one's labels", async () => {
    const source =
      "{% for related in event.related %}Role: {{ related.role }}\n{% for label, value in related %}{{ label }}: {{ value }}\n{% endfor %}{% endfor %}";
    const lines = related.map((labels) =>
      [
        `Role: ${labels["prefect.resource.role"]}`,
        ...Object.entries(labels).map(([label, each]) => `${label}: ${each}`),
      ]
        .map((line) => `${line}\n`)
        .join(""),
    );
    expect(await text(source)).toBe(lines.join(""));
  });

  it("actions 57: related resources by their role, an empty list where there are none", async () => {
    expect(await text("{{ event.resource_in_role['work-pool'].name }}")).toBe("first");
    expect(await text("{{ event.resources_in_role['work-pool']|map(attribute='name')|join(',') }}")).toBe(
      "first,second",
    );
    expect(
      await text("{{ event.resources_in_role['nobody']|length }}{{ event.resource_in_role['nobody'].name }}"),
    ).toBe("0");
  });

  it("have a length and members", async () => {
    expect(
      await text("{{ event.resource|length }}{{ 'a.b' in event.resource }}{{ 'z' in event.resource }}"),
    ).toBe("4truefalse");
  });
});

describe("actions 3.4: what is not there", () => {
  it("actions 52: prints nothing", async () => {
    expect(await text("[{{ flow.name }}][{{ task_run.state.name }}][{{ event.payload.nothing.x }}]")).toBe(
      "[][][]",
    );
  });

  it.each([
    ["{{ nope() }}", "nope is undefined and cannot be called"],
    ["{{ nope + 1 }}", '"+" cannot be used with an undefined value'],
    ["{% for x in event.payload.nothing %}{% endfor %}", "null is nothing to go through"],
    ["\n {{ 1 / 0 }}", "division by zero"],
  ])("%j is an error", async (source, message) => {
    expect(await problemOf(templates, source, context)).toMatchObject({ message });
  });

  it("is an error everywhere in a strict template, but not where it is asked for", async () => {
    for (const source of [
      "{{ nope }}",
      "{{ nope.x }}",
      "{% if nope %}{% endif %}",
      "{{ nope|upper }}",
      "{% for a in nope %}{% endfor %}",
    ])
      expect((await problemOf(templates, source, context, { strict: true })).message).toContain("undefined");
    const asked = "{{ nope|default('x') }}{{ nope is defined }}{{ event.id }}";
    expect(await rendered(templates, asked, context, { strict: true })).toBe("xfalsee1");
  });

  it("says the line and the column", async () => {
    expect(await problemOf(templates, "a\n  {{ event.id|int + nope }}", context)).toMatchObject({
      line: 2,
      column: 19,
    });
  });
});

describe("actions 3.5: what is ours", () => {
  it("actions 64: addresses of the console", async () => {
    expect(
      await text("{{ flow_run|ui_url }} {{ deployment|ui_url }} {{ automation|ui_url }} {{ event|ui_url }}"),
    ).toBe(
      `http://console/runs/${runId} http://console/deployments/d1 http://console/automations/a1 http://console/events/e1`,
    );
    expect(await text("{{ event.resource|ui_url }}")).toBe(`http://console/runs/${runId}`);
    expect(await text("{{ event.resource|ui_resource_events_url }}")).toBe(
      `http://console/events?resource=prefect.flow-run.${runId}`,
    );
    expect(
      await text("[{{ 5|ui_url }}{{ nope|ui_url }}{{ flow|ui_url }}{{ 5|ui_resource_events_url }}]"),
    ).toBe("[]");
  });

  it("actions 65: the id of a run in a text", async () => {
    expect(await rendered(templates, "{{ s|flow_run_id }}", { s: `see /flow-run/${runId} x` })).toBe(runId);
    expect(await text("[{{ 'nothing'|flow_run_id }}{{ none|flow_run_id }}]")).toBe("[]");
  });

  it("dates, in any time zone", async () => {
    expect(
      await text("{{ event.occurred }}|{{ event.occurred.isoformat() }}|{{ event.occurred.date() }}"),
    ).toBe("2026-11-21T09:30:05.250Z|2026-11-21T09:30:05.250000+00:00|2026-11-21");
    expect(
      await text("{{ event.occurred.strftime('%d.%m.%Y %H:%M') }}|{{ event.occurred.timestamp() }}"),
    ).toBe("21.11.2026 09:30|1795253405.25");
    expect(
      await text(
        "{{ event.occurred|strftime('%H:%M %z', 'Asia/Shanghai') }}|{{ event.occurred|astimezone('Europe/Berlin') }}",
      ),
    ).toBe("17:30 +0800|2026-11-21T10:30:05.250+01:00");
    expect(await text("{{ '2026-07-01T12:00:00Z'|strftime('%H:%M', 'Europe/Berlin') }}")).toBe("14:00");
    expect((await problemOf(templates, "{{ now|astimezone('Nowhere/No') }}", context)).message).toContain(
      "no time zone",
    );
  });

  it("times and numbers as people say them", async () => {
    expect(
      await text(
        "{{ event.occurred|humanize_naturaltime }}|{{ 3700|humanize_naturaldelta }}|{{ event.occurred|humanize_naturalday }}",
      ),
    ).toBe("2 hours ago|an hour|today");
    expect(
      await text(
        "{{ 3723|humanize_precisedelta }}|{{ 1234567|humanize_intcomma }}|{{ 3000000|humanize_naturalsize }}",
      ),
    ).toBe("1 hour, 2 minutes and 3 seconds|1,234,567|3.0 MB");
  });

  it("a CloudEvent as an event", async () => {
    const body = {
      specversion: "1.0",
      type: "order.paid",
      source: "shop",
      id: "7",
      subject: "order.1",
      data: { n: 1 },
    };
    const made = await templates.renderValue("{{ body|from_cloud_event(headers) }}", { body, headers: {} });
    expect(made).toMatchObject({
      event: "order.paid",
      resource: { "prefect.resource.id": "order.1" },
      payload: { data: { n: 1 } },
    });
    const headers = { "ce-specversion": "1.0", "ce-type": "t", "ce-source": "s", "ce-id": "1" };
    expect(
      await templates.renderValue("{{ body|from_cloud_event(headers) }}", { body: { a: 1 }, headers }),
    ).toMatchObject({
      event: "t",
      resource: { "prefect.resource.id": "s" },
      payload: { data: { a: 1 } },
    });
    expect((await problemOf(templates, "{{ a|from_cloud_event(b) }}", context)).message).toContain(
      "has no specversion",
    );
  });
});

describe("actions 3.3: the names that a template reads", () => {
  it("are its top-level names, not those that it makes itself", async () => {
    const source = `{{ flow_run.name|default(flow.name) }}{% for e in events %}{{ e.id }}{{ loop.index }}{% endfor %}
      {% set x = 1 %}{{ x }}{% macro m(p) %}{{ p }}{{ deployment }}{% endmacro %}{{ m(labels) }}{{ range(3) }}{{ event.automation }}`;
    expect([...(await templates.names([source]))].sort()).toEqual([
      "deployment",
      "event",
      "events",
      "flow",
      "flow_run",
      "labels",
    ]);
  });

  it("count also where a loop of the same name stands elsewhere", async () => {
    expect([...(await templates.names(["{% for flow in events %}{% endfor %}{{ flow }}"]))].sort()).toEqual([
      "events",
      "flow",
    ]);
    expect([...(await templates.names(["{% set flow = 1 %}"]))]).toEqual([]);
  });
});
