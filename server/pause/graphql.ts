import { builder } from "../graphql/builder.ts";
import { Issue } from "../graphql/errors.ts";
import { issuesOf } from "./stored-issues.ts";

/** The question of a wait: the same row as the wait, seen as what a person is asked for. */
export const AwaitedInput = builder.prismaObject("Pause", {
  variant: "AwaitedInput",
  description: "What somebody is asked for before a run goes on.",
  fields: (t) => ({
    key: t.exposeString("key", {
      description:
        "Names this one asking: `paused-<pause key>` or `suspended-<pause key>`, with `--2`, `--3`, … where the same question is asked again, after a refused answer or in a retry. Pass it to `resume`, and an answer to another question is refused. The answer is stored under this with `-response`.",
    }),
    inputType: t.string({
      description: "The identity of the type that is asked for.",
      resolve: (pause) => pause.inputType ?? "",
    }),
    schema: t.field({
      type: "JSON",
      description: "JSON Schema (2020-12) of the answer, defaults included.",
      resolve: (pause) => pause.schema,
    }),
    description: t.exposeString("description", {
      nullable: true,
      description: "Markdown to show above the form.",
    }),
    expiresAt: t.expose("expiresAt", {
      type: "DateTime",
      nullable: true,
      description: "When the wait ends without an answer; null where it does not.",
    }),
    requestedAt: t.expose("requestedAt", { type: "DateTime", description: "Since when it is asked for." }),
    liveValidation: t.boolean({
      description:
        "Whether the process that asked is connected, so that its own validators run before an answer is accepted.",
      select: { flowRun: { select: { presences: { where: { channel: null } } } } },
      resolve: (pause) => pause.flowRun.presences.some((presence) => presence.execution === pause.execution),
    }),
    refusedAnswer: t.expose("refusedAnswer", {
      type: "JSON",
      nullable: true,
      description: "Where the question is asked again: the answer that the run's code refused.",
    }),
    refusedIssues: t.field({
      type: [Issue],
      description: "Why the run's code refused it; empty where nothing was refused.",
      resolve: (pause) => issuesOf(pause.refusedIssues),
    }),
  }),
});

/** A wait of a run, with or without a question. */
export const Pause = builder.prismaObject("Pause", {
  description: "A wait of a run, with or without an input.",
  fields: (t) => ({
    key: t.exposeString("key", {
      description: "Names this one asking, as in `AwaitedInput.key`; a wait without an input has one too.",
    }),
    requestedAt: t.expose("requestedAt", { type: "DateTime", description: "When the wait began." }),
    expiresAt: t.expose("expiresAt", {
      type: "DateTime",
      nullable: true,
      description: "When it ends by itself; null where it does not.",
    }),
    input: t.variant(AwaitedInput, {
      description: "What is asked for; null where anybody may simply let the run go on.",
      isNull: (pause) => pause.inputType === null,
    }),
  }),
});
