import { ApiError } from "../client/errors.ts";
import { NotFound } from "../errors.ts";

/** The error of what was asked about a run, NotFound where the API says that there is none. */
export function ofRun(error: Error): Error {
  return error instanceof ApiError && error.code === "NOT_FOUND" ? new NotFound(error.message) : error;
}
