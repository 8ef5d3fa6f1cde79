/** The first instant at which anything can occur, in milliseconds: neither timestamps nor the database know a year before 1. */
export const firstInstant = Date.parse("0001-01-01T00:00:00.000Z");
