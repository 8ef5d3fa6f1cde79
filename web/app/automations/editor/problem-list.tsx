import type { Problem } from "../../../editor/code-mirror.ts";
import { lineOf, type Range } from "../../../editor/written.ts";

interface Props {
  id: string;
  text: string;
  problems: readonly Problem[];
  goTo: (place: Range) => void;
}

const looks = {
  error: { mark: "✕", said: "Wrong: ", look: "bg-bad/15 text-bad-ink" },
  warning: { mark: "!", said: "Doubtful: ", look: "bg-waiting/25 text-waiting-ink" },
} as const;

/** What is wrong or doubtful in a text, each leading to its place. */
export function ProblemList({ id, text, problems, goTo }: Props) {
  if (problems.length === 0) return null;
  return (
    <ul id={id} aria-label="Problems" className="flex flex-col gap-0.5 border-t border-line p-2 text-[13px]">
      {problems.map((problem) => {
        const { mark, said, look } = looks[problem.severity];
        return (
          <li key={`${problem.from} ${problem.message}`}>
            <button
              type="button"
              onClick={() => goTo(problem)}
              className="flex w-full items-start gap-2.5 rounded-md px-2 py-1 text-left hover:bg-sunk"
            >
              <span
                aria-hidden="true"
                className={`flex size-4 shrink-0 translate-y-0.5 items-center justify-center rounded-full text-[10px] font-bold ${look}`}
              >
                {mark}
              </span>
              <span className="shrink-0 text-xs leading-5 text-faint tabular-nums">
                line {lineOf(text, problem.from)}
              </span>
              <span className="min-w-0 leading-5 wrap-anywhere">
                <span className="sr-only">{said}</span>
                {problem.message}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
