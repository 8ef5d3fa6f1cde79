import { InvalidInputError } from "../../core/error.ts";
import { isUniqueViolation } from "../run-input/postgres-error.ts";

/** The refusal of a name that another automation of the same owner has. */
export function nameTaken(name: string, owner: string | null): InvalidInputError {
  const whose = owner === null ? "" : ` of ${owner}`;
  return InvalidInputError.at(
    ["name"],
    `there is an automation${whose} named ${JSON.stringify(name)} already; choose another name, or apply the document to replace it`,
  );
}

/** Does what may give an automation a name that is taken. @throws InvalidInputError at `name` */
export async function refusingTakenName<T>(
  name: string,
  owner: string | null,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isUniqueViolation(error) ? nameTaken(name, owner) : error;
  }
}
