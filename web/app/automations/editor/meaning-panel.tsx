import { Panel } from "../../../ui/panel.tsx";
import { ActionList } from "../action-list.tsx";
import type { Names } from "../names.ts";
import type { Meaning } from "./check-here.ts";

/** What the document comes to, in plain words. */
export function MeaningPanel({ meaning, names }: { meaning: Meaning | null; names: Names }) {
  return (
    <Panel title="What it does">
      {meaning === null ? (
        <p className="text-sm text-soft">
          It stands here in plain words as soon as nothing is wrong with it.
        </p>
      ) : (
        <>
          <p className="text-sm first-letter:uppercase wrap-anywhere">{meaning.trigger}</p>
          <div className="mt-2 text-sm text-soft">
            <ActionList automation={meaning} names={names} />
          </div>
          {meaning.enabled ? null : (
            <p className="mt-2 text-[13px] text-faint">It is disabled: it watches once it is enabled.</p>
          )}
        </>
      )}
    </Panel>
  );
}
