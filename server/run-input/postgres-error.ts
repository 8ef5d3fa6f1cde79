const uniqueViolation = "23505";
const mostTries = 5;

/** Does it again where another server took the same unique key meanwhile: then the key is found, not taken. */
export async function answersOrThrows<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const raced = error instanceof Error && "code" in error && error.code === uniqueViolation;
      if (!raced || tries === mostTries) throw error;
    }
  }
}
