import type { InputDescription } from "../../core/run-input/input-type.ts";
import type { Context } from "../execution/context.ts";
import type { Channel, Reports } from "./reports.ts";

/** One channel of one run, as a receiver looks at it. */
export interface Inbox {
  flowRunId: string;
  channel: Channel;
  description: InputDescription;
  /** The run's own code receives; null: somebody else looks at its inputs. */
  own: Context | null;
  /** The receiver's name, under which the server keeps its position; null: it has none. */
  cursor: string | null;
  /** Seconds that finished messages are kept; null: as long as the run; undefined: as was said before. */
  retention: number | null | undefined;
  reports: Reports;
}
