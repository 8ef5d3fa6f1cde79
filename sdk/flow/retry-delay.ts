/** Seconds before the retry of this number, the first being 1. */
export function retryDelay(delays: number | number[], retry: number): number {
  if (typeof delays === "number") return delays;
  return delays[Math.min(retry, delays.length) - 1] ?? 0;
}

/** Throws where the options of a flow or task are no numbers that make sense. */
export function checkRetryOptions(
  what: string,
  options: { retries?: number; retryDelaySeconds?: number | number[]; timeoutSeconds?: number },
): void {
  const { retries = 0, retryDelaySeconds = 0, timeoutSeconds } = options;
  if (!Number.isInteger(retries) || retries < 0) {
    throw new TypeError(`${what}: retries is a number of retries, 0 or more, not ${retries}`);
  }
  const delays = typeof retryDelaySeconds === "number" ? [retryDelaySeconds] : retryDelaySeconds;
  const wrong = delays.find((delay) => !Number.isFinite(delay) || delay < 0);
  if (wrong !== undefined) {
    throw new TypeError(`${what}: retryDelaySeconds are seconds, 0 or more, not ${wrong}`);
  }
  if (timeoutSeconds !== undefined && !(Number.isFinite(timeoutSeconds) && timeoutSeconds > 0)) {
    throw new TypeError(`${what}: timeoutSeconds is a number of seconds above 0, not ${timeoutSeconds}`);
  }
}
