const uniqueViolation = "23505";
const mostTries = 5;

/** Whether a statement was refused for a key that is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === uniqueViolation;
}

/** Does it again where another server took the same unique key meanwhile: then the key is found, not taken. */
export async function answersOrThrows<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isUniqueViolation(error) || tries === mostTries) throw error;
    }
  }
}
