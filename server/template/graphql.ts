import type { TemplateProblem } from "../../core/template/template-error.ts";
import { builder } from "../graphql/builder.ts";
import { resultUnion } from "../graphql/errors.ts";
import { type TemplatePreview as Preview, previewTemplate } from "./preview.ts";
import { type TemplateCheck, validateTemplate } from "./validate.ts";

const TemplatePreview = builder.objectRef<Preview>("TemplatePreview").implement({
  description: "What a template comes to.",
  fields: (t) => ({
    text: t.exposeString("text", { description: "As text, as a message shows it." }),
    value: t.field({
      type: "JSON",
      nullable: true,
      description: "The value where the template is one whole expression.",
      resolve: ({ value }) => value,
    }),
  }),
});

const TemplatePreviewResult = resultUnion("TemplatePreviewResult", {
  description: "What the template comes to, or why it comes to nothing.",
  success: TemplatePreview,
  refusals: ["InvalidInputError", "NotFoundError"],
});

const TemplateKind = builder.enumType("TemplateKind", {
  description: "What a template belongs to: it decides which names there are.",
  values: {
    AUTOMATION: { description: "An action of an automation." },
    WEBHOOK: { description: "A webhook." },
  } as const,
});

const TemplateProblemType = builder.objectRef<TemplateProblem>("TemplateProblem").implement({
  description: "What is wrong with a template.",
  fields: (t) => ({
    message: t.exposeString("message", { description: "In words." }),
    line: t.exposeInt("line", { description: "Where, from 1." }),
    column: t.exposeInt("column", { description: "Where in the line, from 1." }),
  }),
});

const TemplateCheckType = builder.objectRef<TemplateCheck>("TemplateCheck").implement({
  description: "What saving a template would say.",
  fields: (t) => ({
    problems: t.field({
      type: [TemplateProblemType],
      description: "Why it would be refused; empty where it would be saved.",
      resolve: ({ problems }) => [...problems],
    }),
    unknownNames: t.stringList({
      description: "Names in it that such templates do not see: they are undefined, which is no error.",
      resolve: ({ unknownNames }) => [...unknownNames],
    }),
  }),
});

builder.queryFields((t) => ({
  validateTemplate: t.field({
    type: TemplateCheckType,
    description: "Look at a template as saving it would. Nothing is rendered.",
    args: {
      source: t.arg.string({ required: true, description: "The template." }),
      kind: t.arg({ type: TemplateKind, defaultValue: "AUTOMATION", description: "What it belongs to." }),
    },
    resolve: (_root, { source, kind }, ctx) => validateTemplate(ctx, source, kind ?? "AUTOMATION"),
  }),
  previewTemplate: t.field({
    type: TemplatePreviewResult,
    description: "A template rendered over a stored event, as this automation would see it.",
    args: {
      template: t.arg.string({ required: true, description: "The template." }),
      eventId: t.arg.id({ required: true, description: "The event that fires the automation." }),
      automationId: t.arg.id({ description: "The automation; without one, templates see none." }),
    },
    resolve: (_root, args, ctx) => previewTemplate(ctx, { ...args, automationId: args.automationId ?? null }),
  }),
}));
