/**
 * Does a piece of work and says so, with the time it took.
 *
 * @param {string} what
 * @param {() => Promise<unknown>} work
 */
export async function say(what, work) {
  const begin = performance.now();
  await work();
  console.log(`${what} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
}

/**
 * Runs a command's main function. What it throws is told in one message, without a stack, and ends with code 1.
 *
 * @param {() => Promise<void>} main
 */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
