import { type ReactNode, useId } from "react";

/** What a control is given by what is around it. */
export interface Aria {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
}

interface Props {
  label: string;
  help?: ReactNode;
  required?: boolean;
  issues?: readonly string[];
  children: (aria: Aria) => ReactNode;
}

/** A control with its label, its help, and what is wrong with it. */
export function Labelled({ label, help, required = false, issues = [], children }: Props) {
  const id = useId();
  const invalid = issues.length > 0;
  const described = [help === undefined ? [] : [`${id}-help`], invalid ? [`${id}-issues`] : []].flat();
  return (
    <div data-invalid={invalid ? true : undefined} className="flex min-w-0 flex-col gap-1.5">
      <span className="flex items-center gap-1">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {required ? (
          <span className="text-sm text-bad-ink" aria-hidden="true">
            *
          </span>
        ) : null}
      </span>
      {children({
        id,
        "aria-describedby": described.length > 0 ? described.join(" ") : undefined,
        "aria-invalid": invalid ? true : undefined,
        "aria-required": required ? true : undefined,
      })}
      {help === undefined ? null : (
        <p id={`${id}-help`} className="text-xs leading-snug text-faint">
          {help}
        </p>
      )}
      {invalid ? (
        <div id={`${id}-issues`} className="text-[13px] wrap-anywhere text-bad-ink">
          {issues.map((issue) => (
            <p key={issue}>{issue}</p>
          ))}
        </div>
      ) : null}
    </div>
  );
}
