/** How often a line of progress is written again. */
const every = 1_000;

/**
 * Tells on a terminal how long something takes, in one line of the standard error that goes again. Elsewhere, and for what
 * is quick, it tells nothing.
 */
export async function withProgress<T>(what: string, work: Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work;
  const began = Date.now();
  let told = false;
  const timer = setInterval(() => {
    told = true;
    process.stderr.write(`\r\u001b[K${what} ${Math.round((Date.now() - began) / 1000)} s`);
  }, every);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (told) process.stderr.write("\r\u001b[K");
  }
}
