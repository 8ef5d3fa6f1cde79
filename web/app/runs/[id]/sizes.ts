/** Inputs that a run's page begins with, and that each "earlier" brings. */
export const firstInputs = 50;
/** Log lines likewise. */
export const firstLogs = 200;
/** Log lines that a page keeps while it follows: what is older is read again when it is asked for. */
export const followedLogs = 5_000;
/** Log lines that a page keeps while somebody reads up in them. */
export const mostLogs = 20_000;
/** Inputs that a page keeps while it follows. */
export const followedInputs = 500;
/** Inputs whose status is looked up again. */
export const refreshedInputs = 200;
