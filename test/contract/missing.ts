/** What of the contract is not served yet, each thing by its name. The list only becomes shorter. */
export const missing: string[] = [
  // Events.
  // Automations, their triggers and actions.
  // Firings, and what is run and explained of them.
  // Schedules and work pools.
];
