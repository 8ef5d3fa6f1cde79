/** Firings that an automation's page begins with, and that each "older" brings. */
export const firingsSize = 20;
