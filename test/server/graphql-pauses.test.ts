import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, at } from "../support/ask.ts";
import { createTestContext, type TestContext } from "../support/context.ts";
import { begin, refusal, serve } from "../support/operations.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

describe("pause and resume", () => {
  const question = {
    key: "1",
    explicitKey: false,
    kind: "PAUSE",
    fingerprint: "pause Order",
    validate: "BEFORE",
    onTimeout: "FAIL",
    input: {
      inputType: "Order",
      schema: {
        type: "object",
        properties: { size: { type: "string", default: "M" } },
        additionalProperties: false,
      },
      schemaDigest: "d1",
      wrapped: false,
      customChecks: false,
    },
  };
  const pause = (id: string) =>
    ask(
      ctx,
      `mutation ($id: ID!, $question: PauseInput!) { pause(flowRunId: $id, execution: 1, question: $question) {
        __typename ... on PauseAsked { refusals pause { key input { inputType } } }
        ... on PauseAnswered { key value issues { message } refusals input { key kind value status } }
        ... on PauseRefused { code state { name } } } }`,
      { id, question },
    );
  const resume = (variables: Record<string, unknown>) =>
    ask(
      ctx,
      `mutation ($id: ID!, $input: JSON, $key: String) { resume(flowRunId: $id, input: $input, key: $key) {
        __typename ... on FlowRun { state { name } awaitedInput { key } } ${refusal} } }`,
      variables,
    );

  it("ask, refuse, accept and answer again", async () => {
    const { id } = await begin(ctx);
    expect(at(await pause(id), "pause")).toEqual({
      __typename: "PauseAsked",
      refusals: 0,
      pause: { key: "paused-1", input: { inputType: "Order" } },
    });
    expect(at(await resume({ id, input: { size: 1 } }), "resume")).toMatchObject({
      __typename: "InvalidInputError",
      issues: [{ path: ["size"] }],
    });
    expect(at(await resume({ id, key: "paused-2" }), "resume")).toMatchObject({ code: "STALE_KEY" });
    const check = await ask(
      ctx,
      `query ($id: ID!) { checkAnswer(flowRunId: $id) { __typename ... on AnswerOk { value } } }`,
      { id },
    );
    expect(at(check, "checkAnswer")).toEqual({ __typename: "AnswerOk", value: { size: "M" } });
    expect(at(await resume({ id, key: "paused-1", input: null }), "resume")).toEqual({
      __typename: "FlowRun",
      state: { name: "Running" },
      awaitedInput: null,
    });
    expect(at(await resume({ id }), "resume")).toMatchObject({
      __typename: "StateConflictError",
      code: "NOT_PAUSED",
    });
    expect(at(await pause(id), "pause")).toEqual({
      __typename: "PauseAnswered",
      key: "paused-1",
      value: { size: "M" },
      issues: null,
      refusals: 0,
      input: { key: "paused-1-response", kind: "ANSWER", value: { size: "M" }, status: "PENDING" },
    });
    const refused = await ask(
      ctx,
      `mutation ($id: ID!) { refuseAnswer(flowRunId: $id, execution: 1, key: "paused-1", issues: [{ path: [], message: "no" }]) {
        __typename ... on Reported { ok } } }`,
      { id },
    );
    expect(at(refused, "refuseAnswer")).toEqual({ __typename: "Reported", ok: true });
    expect(at(await pause(id), "pause")).toMatchObject({ refusals: 1, pause: { key: "paused-1--2" } });
  });

  it("the execution that was replaced is told to stop", async () => {
    const { id } = await begin(ctx);
    const answer = await ask(
      ctx,
      `mutation ($id: ID!) { saveTaskResult(flowRunId: $id, execution: 7, key: "a") { __typename ... on StaleExecutionError { message state { name } } } }`,
      { id },
    );
    expect(at(answer, "saveTaskResult")).toMatchObject({
      __typename: "StaleExecutionError",
      state: { name: "Running" },
    });
  });
});

describe("suspend", () => {
  const expiry = async (id: string, args: string) =>
    at(
      await ask(
        ctx,
        `mutation ($id: ID!) { suspend(flowRunId: $id${args}) { ... on FlowRun { pause { expiresAt requestedAt input { key } } } ${refusal} } }`,
        { id },
      ),
      "suspend.pause",
    ) as { expiresAt: string | null; requestedAt: string };

  it("ends after an hour where no timeout is given, and never where it is null", async () => {
    const first = await serve(ctx, "signed-off");
    const hour = await expiry(first.id, "");
    expect(Date.parse(hour.expiresAt ?? "") - Date.parse(hour.requestedAt)).toBe(3_600_000);
    const again = await serve(ctx, "signed-off-again");
    const answer = await ask(
      ctx,
      "mutation ($id: ID!, $timeout: Float) { suspend(flowRunId: $id, timeout: $timeout) { ... on FlowRun { pause { expiresAt } } } }",
      { id: again.id },
    );
    expect(at(answer, "suspend.pause.expiresAt")).not.toBeNull();
    const second = await serve(ctx, "signed-off-too");
    expect(await expiry(second.id, ", timeout: null")).toMatchObject({ expiresAt: null, input: null });
  });

  it.each([
    [0, "0 is no number of seconds above 0; null waits for ever"],
    [1e300, "1e+300 s are too long; at most 3153600000 are taken; null waits for ever"],
  ])("a timeout of %d s is refused with what is wrong with it", async (timeout, message) => {
    const { id } = await begin(ctx);
    const answer = await ask(
      ctx,
      `mutation ($id: ID!, $timeout: Float) { suspend(flowRunId: $id, timeout: $timeout) { ${refusal} } }`,
      { id, timeout },
    );
    expect(at(answer, "suspend.issues")).toEqual([{ path: ["timeout"], message }]);
  });

  it("is refused where nothing could start the run again", async () => {
    const { id } = await begin(ctx);
    const answer = await ask(
      ctx,
      `mutation ($id: ID!) { suspend(flowRunId: $id) { __typename ${refusal} } }`,
      { id },
    );
    expect(at(answer, "suspend")).toMatchObject({ __typename: "StateConflictError", code: "NO_DEPLOYMENT" });
  });
});
