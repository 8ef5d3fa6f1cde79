import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { renderRequest } from "../../../server/webhook/render.ts";
import { patientTemplates } from "../../support/templates.ts";

const templates = patientTemplates();
afterAll(() => templates.close());
const newId = () => "01890000-0000-7000-8000-000000000001";
const ctx = { templates, newId } as unknown as Context; // all that rendering asks for

const template = JSON.stringify({
  event: "e",
  resource: { "prefect.resource.id": "r.{{ body.a }}", name: "{{ body.b }}", fixed: "f" },
  related: [
    {
      "prefect.resource.id": "{{ body['a'] }}.",
      "prefect.resource.role": "x",
      both: "{{ body.a ~ body.b }}",
    },
  ],
  payload: { list: ["{{ body.a }}", 1], of: { body: "{{ body }}" } },
});
const webhook = { id: "w", name: "w", template, auth: { type: "none" }, allowReserved: false } as const;

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    '", "event": "prefect.flow-run.Failed',
    '"}',
    "\\",
    "\\u0022",
    "{{ body.b }}",
    "{% raw %}",
    "\n",
    "</a>&'",
  ),
);

it("actions 6.3: whatever a form holds, the event has the template's structure, and the form's values as they are", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, async (a, b) => {
      const form = (text: string) => encodeURIComponent(text).replaceAll("%20", "+");
      const body = Buffer.from(`a=${form(a)}&b=${form(b)}`);
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const made = await renderRequest(
        ctx,
        webhook,
        { method: "POST", query: "", headers, body },
        new Date(),
      );
      if (`${a}${b}`.includes("\0")) {
        expect(made).toMatchObject({ events: [], failure: { message: expect.stringContaining("NUL") } });
        return;
      }
      expect(made.failure).toBeNull();
      const [event, ...more] = made.events;
      expect(more).toEqual([]);
      expect(event).toMatchObject({ event: "e", id: newId(), follows: null });
      expect(event?.resource).toEqual({ "prefect.resource.id": `r.${a}`, name: b, fixed: "f" });
      expect(event?.related).toEqual([
        { "prefect.resource.id": `${a}.`, "prefect.resource.role": "x", both: `${a}${b}` },
        {
          "prefect.resource.id": "prefect.webhook.w",
          "prefect.resource.name": "w",
          "prefect.resource.role": "webhook",
        },
      ]);
      expect(event?.payload).toEqual({ list: [a, 1], of: { body: JSON.stringify({ a, b }) } });
    }),
    { numRuns: 200 },
  );
});
