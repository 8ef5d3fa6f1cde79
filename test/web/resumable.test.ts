import { expect, it } from "vitest";
import { resumable } from "../../web/lib/graphql/resumable.ts";

const written = (payload: object) => JSON.parse(JSON.stringify(payload)).variables;

it("asks for what lies behind the last item when it is sent again", () => {
  const { payload, seen } = resumable({ query: "…", variables: { id: "r", after: "4" } });
  expect(written(payload)).toEqual({ id: "r", after: "4" });
  seen({ runInputs: { cursor: "7" } });
  seen({ runInputs: null });
  seen(undefined);
  expect(written(payload)).toEqual({ id: "r", after: "7" });
});

it("goes on behind a gap, whatever it shows", () => {
  const { payload, seen } = resumable({ query: "…", variables: { after: "4" } });
  seen({ events: { __typename: "StreamGap", from: "4", to: "90" } });
  expect(written(payload)).toEqual({ after: "90" });
  seen({ events: { __typename: "Event", cursor: "91" } });
  expect(written(payload)).toEqual({ after: "91" });
});

it("leaves a subscription without cursors as it is", () => {
  const { payload, seen } = resumable({ query: "…", variables: { id: "r" } });
  seen({ flowRunUpdated: { id: "r" } });
  expect(written(payload)).toEqual({ id: "r" });
});
