import { builder } from "../graphql/builder.ts";

export const TriggerState = builder.enumType("TriggerState", {
  description: "What a trigger reports when it fires.",
  values: {
    TRIGGERED: { value: "Triggered", description: "Its condition was met." },
    RESOLVED: { value: "Resolved", description: "Of a metric trigger: the figure is well again." },
  } as const,
});
