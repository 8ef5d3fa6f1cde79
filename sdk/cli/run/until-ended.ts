import { WatchRunDocument, type WatchRunSubscription } from "../../gql/graphql.ts";
import { followUntil } from "../follow-until.ts";
import { hasEnded } from "./state-style.ts";

type Watched = WatchRunSubscription["flowRunUpdated"];

/** Follows a run until it has ended. @returns it as it was then */
export async function untilEnded(
  id: string,
  changed: (run: Watched) => void = () => undefined,
): Promise<Watched> {
  let last: Watched | undefined;
  await followUntil(
    WatchRunDocument,
    { id },
    {
      interrupted: 130,
      next({ flowRunUpdated: run }) {
        changed(run);
        last = run;
        return hasEnded(run.state.type);
      },
    },
  );
  // It ends with a run only.
  return last as Watched;
}
