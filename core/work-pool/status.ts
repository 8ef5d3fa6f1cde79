/** Whether runs of a pool or a queue would be started. */
const workStatuses = ["READY", "NOT_READY", "PAUSED"] as const;
export type WorkStatus = (typeof workStatuses)[number];

/** Seconds from a worker's last sign of life until what it served is not ready (inputs 6.1). */
export const readySeconds = 60;
