import type { ExplainQuery } from "../../../gql/graphql.ts";
import { Button } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";

interface Props {
  eventId: string;
  automations: readonly { id: string; name: string }[];
  /** The automation that is asked about, from the address; null where none is. */
  asked: string | null;
  answer: ExplainQuery["explain"] | null;
}

/** Why an event did, or did not, fire an automation, condition by condition. */
export function ExplainPanel({ eventId, automations, asked, answer }: Props) {
  return (
    <Panel title="Did it fire an automation?">
      {automations.length === 0 ? (
        <p className="text-sm text-soft">There are no automations.</p>
      ) : (
        <form action={`/events/${eventId}`} className="flex flex-wrap gap-2">
          <select
            key={asked}
            name="automation"
            aria-label="Automation"
            defaultValue={asked ?? ""}
            required
            className="control w-auto min-w-0 max-w-full flex-1"
          >
            <option value="" disabled>
              Choose an automation
            </option>
            {automations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <Button type="submit">Explain</Button>
        </form>
      )}
      {answer === null ? null : answer.__typename === "Explanation" ? (
        <Explanation explanation={answer} automationId={asked ?? ""} />
      ) : (
        <p role="alert" className="mt-3 text-sm text-bad-ink">
          {answer.message}
        </p>
      )}
    </Panel>
  );
}

interface ExplanationProps {
  explanation: Extract<ExplainQuery["explain"], { __typename: "Explanation" }>;
  automationId: string;
}

function Explanation({ explanation, automationId }: ExplanationProps) {
  const { fired, firing, verdict, conditions } = explanation;
  return (
    <div className="mt-4 flex flex-col gap-3">
      <p className="text-sm">
        <span
          className={`mr-2 rounded px-1.5 py-0.5 text-xs font-medium ${fired ? "bg-good/15 text-good-ink" : "bg-sunk text-soft"}`}
        >
          {fired ? "It fired" : "It did not fire"}
        </span>
        {verdict}{" "}
        {firing ? (
          // The browser itself goes there: it marks what the address names.
          <a href={`/automations/${automationId}#${firing.id}`} className="text-link">
            To the firing
          </a>
        ) : null}
      </p>
      <ol aria-label="Conditions" className="flex flex-col gap-2 text-[13px]">
        {conditions.map(({ path, holds, expected, actual }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is what it is by its place
          <li key={index} className="flex gap-2.5">
            <span
              aria-hidden="true"
              className={`mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full text-[10px] font-bold ${holds ? "bg-good/20 text-good-ink" : "bg-bad/15 text-bad-ink"}`}
            >
              {holds ? "✓" : "✕"}
            </span>
            <div className="min-w-0 wrap-anywhere">
              <span className="sr-only">{holds ? "Holds: " : "Does not hold: "}</span>
              <div className="font-mono text-xs text-soft">{path.join(".")}</div>
              <div>
                <span className="text-faint">wanted </span>
                {expected}
              </div>
              <div>
                <span className="text-faint">was </span>
                {actual}
              </div>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
