import { Panel } from "../../../ui/panel.tsx";
import { ActionList } from "../action-list.tsx";
import type { Names } from "../names.ts";
import type { Meaning } from "./check-here.ts";

interface Props {
  /** Null where that cannot be said yet. */
  trigger: string | null;
  meaning: Meaning | null;
  names: Names;
}

/** What the document comes to, in plain words. */
export function MeaningPanel({ trigger, meaning, names }: Props) {
  return (
    <Panel title="What it does">
      {trigger === null ? (
        <p className="text-sm text-soft">
          It stands here in plain words as soon as nothing is wrong with the trigger.
        </p>
      ) : (
        <p className="text-sm first-letter:uppercase wrap-anywhere">{trigger}</p>
      )}
      {meaning === null ? null : (
        <div className="mt-2 text-sm text-soft">
          <ActionList automation={meaning} names={names} />
        </div>
      )}
      {meaning === null || meaning.enabled ? null : (
        <p className="mt-2 text-[13px] text-faint">It is disabled: it watches once it is enabled.</p>
      )}
    </Panel>
  );
}
