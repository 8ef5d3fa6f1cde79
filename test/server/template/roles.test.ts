import { afterAll, describe, expect, it } from "vitest";
import { LabelTree, Thing } from "../../../core/template/value.ts";
import { patientTemplates, rendered } from "../../support/templates.ts";

const templates = patientTemplates();
afterAll(() => templates.close());

const related = (id: string, role: string) =>
  new LabelTree({
    "prefect.resource.id": id,
    "prefect.resource.role": role,
    "prefect.resource.name": `the ${id}`,
  });
const event = new Thing("event", {
  id: "0198f3a2-0000-7000-8000-000000000001",
  resource: new LabelTree({ "prefect.resource.id": "shop" }),
  related: [related("a", "flow"), related("b", "tag"), related("c", "tag")],
});

const text = (source: string) => rendered(templates, source, { event });

describe("actions 3.2: the roles of what is related to an event", () => {
  it("can be asked for, and gone through", async () => {
    expect(await text("{{ 'flow' in event.resource_in_role }}|{{ 'x' in event.resources_in_role }}")).toBe(
      "true|false",
    );
    expect(await text("{{ event.resources_in_role|list }}|{{ event.resource_in_role|length }}")).toBe(
      '["flow","tag"]|2',
    );
    const source =
      "{% for role, resources in event.resources_in_role.items() %}{{ role }}:{{ resources|length }} {% endfor %}";
    expect(await text(source)).toBe("flow:1 tag:2 ");
  });

  it("give what is asked for in place of one that is not there", async () => {
    expect(
      await text("{{ event.resource_in_role.get('flow').id }}|{{ event.resource_in_role.get('x', 'none') }}"),
    ).toBe("a|none");
  });
});
