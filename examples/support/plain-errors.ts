/** Ends an example by an error of the SDK with what the error says; any other one is shown with the code that threw it. */
import { ApiError, ConnectionError, NotFound, PauseTimeout, RunCancelled, RunLost } from "antiphon";

const told = [ApiError, ConnectionError, NotFound, PauseTimeout, RunCancelled, RunLost];

process.on("uncaughtException", (error) => {
  console.error(told.some((kind) => error instanceof kind) ? error.message : error);
  process.exit(1);
});
