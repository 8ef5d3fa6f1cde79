import { describe, expect, it } from "vitest";
import { message, useServices } from "./use-services.ts";

const { send } = useServices();

describe("PagerDuty", () => {
  const data = { integration_key: "R0UTINGKEY" };
  const incident = { key: "incident-1", resolved: false };

  it("opens an incident under the key of what it is about", async () => {
    const answers = [{ status: 202, body: '{"status":"success"}' }];
    const { outcome, request, headers, body } = await send("pager-duty-webhook", data, { answers, incident });
    expect(outcome).toMatchObject({ kind: "done", details: { status_code: 202 } });
    expect(request).toBe("POST https://events.pagerduty.com/v2/enqueue");
    expect(headers.authorization).toBe(undefined);
    expect(JSON.parse(body)).toEqual({
      routing_key: "R0UTINGKEY",
      dedup_key: "incident-1",
      event_action: "trigger",
      client: "Antiphon",
      client_url: message.link,
      links: [{ href: message.link, text: "Automation" }],
      payload: {
        summary: "Run failed",
        severity: "info",
        source: "Antiphon",
        component: "Notification",
        custom_details: { message: message.body },
      },
    });
  });

  it("is told all that the block knows, in its region", async () => {
    const { request, headers, body } = await send("pager-duty-webhook", {
      ...data,
      api_key: "apikey",
      notify_type: "failure",
      source: "warehouse",
      component: "loader",
      group: "etl",
      class_id: "late",
      region_name: "eu",
      clickable_url: "https://runbook.test/1",
      custom_details: { team: "data" },
    });
    expect(request).toBe("POST https://events.eu.pagerduty.com/v2/enqueue");
    expect(headers.authorization).toBe("Token token=apikey");
    expect(JSON.parse(body)).toMatchObject({
      links: [{ href: "https://runbook.test/1" }, { href: message.link, text: "Automation" }],
      payload: {
        severity: "critical",
        source: "warehouse",
        component: "loader",
        group: "etl",
        class: "late",
        custom_details: { message: message.body, team: "data" },
      },
    });
  });

  it("resolves the incident that is over", async () => {
    const { body } = await send("pager-duty-webhook", data, { incident: { ...incident, resolved: true } });
    expect(JSON.parse(body)).toEqual({
      routing_key: "R0UTINGKEY",
      dedup_key: "incident-1",
      event_action: "resolve",
    });
  });

  it("what is refused says why, without the key", async () => {
    const answers = [
      { status: 400, body: '{"status":"invalid event","errors":["R0UTINGKEY is not active"]}' },
    ];
    const { outcome } = await send("pager-duty-webhook", data, { answers });
    expect(outcome).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("******** is not active"),
    });
    expect(JSON.stringify(outcome)).not.toContain("R0UTINGKEY");
  });
});

describe("Opsgenie", () => {
  const data = { apikey: "genie-key" };
  const incident = { key: "incident-1", resolved: false };

  it("gets an alert whose alias is the key of what it is about", async () => {
    const answers = [{ status: 202, body: '{"result":"Request will be processed"}' }];
    const { outcome, request, headers, body } = await send("opsgenie-webhook", data, { answers, incident });
    expect(outcome).toMatchObject({ kind: "done", details: { status_code: 202 } });
    expect(request).toBe("POST https://api.opsgenie.com/v2/alerts");
    expect(headers.authorization).toBe("GenieKey genie-key");
    expect(JSON.parse(body)).toEqual({
      alias: "incident-1",
      source: "Antiphon",
      message: "Run failed",
      description: message.body,
      responders: [],
      tags: [],
      priority: "P3",
      details: {},
    });
  });

  it("is told whom to call, by name or id, and all that the block knows, in its region", async () => {
    const schedule = "4513b7ea-3b91-438f-b7e4-e3e54af9147c";
    const { request, body } = await send("opsgenie-webhook", {
      ...data,
      target_user: ["ada@example.org"],
      target_team: ["data"],
      target_schedule: [schedule],
      target_escalation: ["nights"],
      region_name: "eu",
      tags: ["etl"],
      priority: 1,
      entity: "warehouse",
      details: { runbook: "7" },
    });
    expect(request).toBe("POST https://api.eu.opsgenie.com/v2/alerts");
    expect(JSON.parse(body)).toMatchObject({
      responders: [
        { type: "user", username: "ada@example.org" },
        { type: "team", name: "data" },
        { type: "schedule", id: schedule },
        { type: "escalation", name: "nights" },
      ],
      tags: ["etl"],
      priority: "P1",
      entity: "warehouse",
      details: { runbook: "7" },
    });
  });

  it("closes the alert that is over, by its alias", async () => {
    const over = { incident: { ...incident, resolved: true } };
    const { request, headers, body } = await send("opsgenie-webhook", data, over);
    expect(request).toBe("POST https://api.opsgenie.com/v2/alerts/incident-1/close?identifierType=alias");
    expect(headers.authorization).toBe("GenieKey genie-key");
    expect(JSON.parse(body)).toEqual({ source: "Antiphon", note: `Run failed\n${message.body}` });
    const own = await send("opsgenie-webhook", { ...data, alias: "disk/1" }, over);
    expect(own.arrived.at(-1)?.request).toContain("/v2/alerts/disk%2F1/close?");
  });

  it("what is refused says why, without the key", async () => {
    const answers = [{ status: 403, body: '{"message":"genie-key is not authorized"}' }];
    const { outcome } = await send("opsgenie-webhook", data, { answers });
    expect(outcome).toMatchObject({ kind: "refused", reason: expect.stringContaining("is not authorized") });
    expect(JSON.stringify(outcome)).not.toContain("genie-key");
  });
});
