import { builder } from "../graphql/builder.ts";
import { resultUnion } from "../graphql/errors.ts";
import { type TemplatePreview as Preview, previewTemplate } from "./preview.ts";

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

builder.queryFields((t) => ({
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
