import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import { makeRuns } from "../support/schedules.ts";
import { ask, startTestServer, type TestServer } from "../support/wire.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ schema });
});
afterAll(() => server.close());

const register = `mutation ($deployment: DeploymentInput!) { registerDeployment(deployment: $deployment) {
  __typename
  ... on RegisteredDeployment { deployment { id schedules { ...Parts } } schedules { created updated unchanged removed } }
  ... on InvalidInputError { issues { path message } } } }
  fragment Parts on Schedule { id cron interval rrule timezone anchor active parameters maxLateRuns catchUp
    nextTimes(first: 2) deployment { fullName } }`;

/** A schedule as it is asked for here, or a refusal: what is looked at of either. */
interface Seen {
  __typename?: string;
  id: string;
  nextTimes: string[];
}

interface Answers {
  registerDeployment: {
    __typename: string;
    deployment: { id: string; schedules: [Seen, ...Seen[]] };
    schedules: { created: string[] };
  };
  setScheduleActive: Seen;
  createSchedule: Seen;
  updateSchedule: Seen;
  deleteSchedule: string[];
  deployment: { upcomingRuns: unknown[] };
  scheduleTimes: { times: string[] };
}

async function answer(query: string, variables: object = {}): Promise<Answers> {
  const { data, errors } = await ask(server.url, query, { ...variables });
  expect(errors).toBeUndefined();
  return data as unknown as Answers; // each test looks at what its own document asks for
}

describe("inputs 6.2: schedules over the API", () => {
  it("are registered with their deployment, and shown with their next times", async () => {
    const schedules = [
      { cron: "0 9 * * *", timezone: "Europe/Berlin", parameters: { n: 1 } },
      { interval: 86400.5, anchor: "2026-01-01T00:00:00.000Z", active: false, maxLateRuns: 3 },
      { rrule: "FREQ=YEARLY;UNTIL=20200301", catchUp: false },
    ];
    const { registerDeployment } = await answer(register, {
      deployment: { flowName: "wired", name: "main", schedules },
    });
    expect(registerDeployment.schedules.created).toHaveLength(3);
    const [first, second, third] = registerDeployment.deployment.schedules;
    expect(first).toMatchObject({
      ...{ cron: "0 9 * * *", interval: null, rrule: null, anchor: null, timezone: "Europe/Berlin" },
      ...{ active: true, parameters: { n: 1 }, maxLateRuns: null, catchUp: true },
      deployment: { fullName: "wired/main" },
    });
    const [soonest = "", next = ""] = first.nextTimes;
    expect(Date.parse(next) - Date.parse(soonest)).toBeGreaterThan(80_000_000);
    expect(second).toMatchObject({ ...schedules[1], cron: null, parameters: {}, timezone: "UTC" });
    expect(third).toMatchObject({ rrule: "FREQ=YEARLY;UNTIL=20200301", catchUp: false, nextTimes: [] });
    const refused = await answer(register, {
      deployment: {
        flowName: "wired",
        name: "main",
        schedules: [{ cron: "x" }, { interval: 1, timezone: "X" }],
      },
    });
    expect(refused.registerDeployment).toMatchObject({
      __typename: "InvalidInputError",
      issues: [
        { path: ["deployment", "schedules", "0", "cron"] },
        { path: ["deployment", "schedules", "1", "timezone"] },
      ],
    });
  });

  it("are put out of action, made, changed and deleted, with refusals as data", async () => {
    const { registerDeployment } = await answer(register, {
      deployment: { flowName: "wired", name: "other", schedules: [{ interval: 3600 }] },
    });
    const [{ id }] = registerDeployment.deployment.schedules;
    await makeRuns({ ...server.context, actor: { kind: "system" } });
    const runs = `query ($id: ID!) { deployment(id: $id) { upcomingRuns(first: 100) { autoScheduled tags } } }`;
    const deployment = { id: registerDeployment.deployment.id };
    expect((await answer(runs, deployment)).deployment.upcomingRuns).toEqual(
      Array(3).fill({ autoScheduled: true, tags: ["auto-scheduled"] }),
    );
    const set = `mutation ($id: ID!) { setScheduleActive(id: $id, active: false) {
      __typename ... on Schedule { id active } ... on Error { message } } }`;
    expect((await answer(set, { id })).setScheduleActive).toEqual({
      __typename: "Schedule",
      id,
      active: false,
    });
    expect((await answer(runs, deployment)).deployment.upcomingRuns).toEqual([]);
    const unknown = await answer(set, { id: "no-such" });
    expect(unknown.setScheduleActive).toEqual({
      __typename: "NotFoundError",
      message: 'no schedule "no-such"',
    });

    const create = `mutation ($schedule: ScheduleInput!) { createSchedule(deployment: "wired/other", schedule: $schedule) {
      __typename ... on Schedule { id cron } ... on InvalidInputError { issues { path message } } } }`;
    const { createSchedule } = await answer(create, { schedule: { cron: "0 1 * * *" } });
    expect((await answer(create, { schedule: { cron: "0 25 * * *" } })).createSchedule).toEqual({
      __typename: "InvalidInputError",
      issues: [
        {
          path: ["schedule", "cron"],
          message: "schedule.cron is no cron expression: 25 is no hour; 0 to 23 are",
        },
      ],
    });
    const update = `mutation ($id: ID!) { updateSchedule(id: $id, schedule: { rrule: "FREQ=DAILY", timezone: "Asia/Tokyo" }) {
      ... on Schedule { id cron rrule timezone } } }`;
    expect((await answer(update, createSchedule)).updateSchedule).toEqual({
      ...{ id: createSchedule.id, cron: null, rrule: "FREQ=DAILY", timezone: "Asia/Tokyo" },
    });
    const remove = "mutation ($id: ID!) { deleteSchedule(id: $id) }";
    expect((await answer(remove, createSchedule)).deleteSchedule).toEqual([createSchedule.id]);
    expect((await answer(remove, createSchedule)).deleteSchedule).toEqual([]);
  });

  it("are previewed without being stored", async () => {
    const preview = `query ($schedule: ScheduleInput!) { scheduleTimes(schedule: $schedule, first: 3) {
      __typename ... on ScheduleTimes { times } ... on InvalidInputError { issues { path } } } }`;
    const { scheduleTimes } = await answer(preview, { schedule: { interval: 60 } });
    expect(scheduleTimes.times).toHaveLength(3);
    expect((await answer(preview, { schedule: {} })).scheduleTimes).toEqual({
      __typename: "InvalidInputError",
      issues: [{ path: ["schedule"] }],
    });
  });
});
