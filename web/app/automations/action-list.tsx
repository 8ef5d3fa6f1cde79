import Link from "next/link";
import type { Noun } from "../../../core/automation/noun.ts";
import { nouns } from "../../../core/automation/noun.ts";
import { shownResource } from "../../ui/resource.ts";
import { BrokenBadge } from "./broken-badge.tsx";
import type { Names } from "./names.ts";
import { type Action, actionWords } from "./words.ts";

interface Props {
  automation: Readonly<Record<"actions" | "actionsOnTrigger" | "actionsOnResolve", readonly Action[]>>;
  names: Names;
}

const moments = [
  { key: "actions", when: "each time" },
  { key: "actionsOnTrigger", when: "when triggered" },
  { key: "actionsOnResolve", when: "when resolved" },
] as const;

/** What an automation does, in words. */
export function ActionList({ automation, names }: Props) {
  const lists = moments.filter(({ key }) => automation[key].length > 0);
  const said = lists.length > 1 || lists[0]?.key !== "actions";
  return (
    <ul className="flex flex-col gap-0.5">
      {lists.flatMap(({ key, when }) =>
        automation[key].map((action, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: actions have no other identity than their place
          <li key={`${key} ${index}`} className="pl-5 -indent-5 wrap-anywhere">
            <span aria-hidden="true" className="mr-1.5 text-faint">
              →
            </span>
            {said ? <span className="text-faint">{when}: </span> : null}
            <ActionText action={action} names={names} />
            {action.broken ? (
              <>
                {" "}
                <BrokenBadge />
              </>
            ) : null}
          </li>
        )),
      )}
    </ul>
  );
}

/** An action in words, with a link to what it names. */
export function ActionText({ action, names }: { action: Action; names: Names }) {
  const { before, target, after } = actionWords(action);
  return (
    <>
      {before}
      {target === null ? null : (
        <>
          {" "}
          <Target {...target} there={action.broken === false} names={names} />
        </>
      )}
      {after}
    </>
  );
}

/** Of these all names are read. */
const named: ReadonlySet<Noun> = new Set<Noun>(["deployment", "block", "workPool", "workQueue"]);
const linkClass = "relative text-link";

interface TargetProps {
  noun: Noun;
  id: string;
  /** Whether it is known to be there, also where it is in no list, as a block without a name. */
  there: boolean;
  names: Names;
}

function Target({ noun, id, there, names }: TargetProps) {
  const { kind, thing } = nouns[noun];
  const known = names.get(id.toLowerCase());
  if (known !== undefined)
    return (
      <Link href={known.href} prefetch={false} className={linkClass}>
        {known.name}
      </Link>
    );
  if (named.has(noun))
    return there ? (
      <span className="font-mono text-xs">{id}</span>
    ) : (
      <span className="font-mono text-xs text-bad-ink" title={`There is no such ${thing}`}>
        {id === "" ? "not chosen" : id}
      </span>
    );
  return (
    <Link href={shownResource(`${kind}.${id}`).href} prefetch={false} title={id} className={linkClass}>
      …{id.slice(-8)}
    </Link>
  );
}
