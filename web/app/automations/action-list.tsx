import Link from "next/link";
import type { DeploymentNameFragment, ShownAutomationFragment } from "../../gql/graphql.ts";
import { type Action, actionWords } from "./words.ts";

/** What deployments are called, by their ids. */
export type DeploymentNames = ReadonlyMap<string, string>;

/** The names by id. */
export function namesOf(deployments: readonly DeploymentNameFragment[]): DeploymentNames {
  return new Map(deployments.map(({ id, fullName }) => [id, fullName]));
}

interface Props {
  automation: Pick<ShownAutomationFragment, "actions" | "actionsOnTrigger" | "actionsOnResolve">;
  deployments: DeploymentNames;
}

const moments = [
  { key: "actions", when: "each time" },
  { key: "actionsOnTrigger", when: "when triggered" },
  { key: "actionsOnResolve", when: "when resolved" },
] as const;

/** What an automation does, in words. */
export function ActionList({ automation, deployments }: Props) {
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
            <ActionText action={action} deployments={deployments} />
          </li>
        )),
      )}
    </ul>
  );
}

/** An action in words, with a link to the deployment that it runs. */
export function ActionText({ action, deployments }: { action: Action; deployments: DeploymentNames }) {
  const { before, deployment, after } = actionWords(action);
  return (
    <>
      {before}
      {deployment === null ? null : (
        <>
          {" "}
          {deployments.has(deployment) ? (
            <Link
              href={`/deployments#${deployment}`}
              prefetch={false}
              className="relative text-accent-ink hover:underline"
            >
              {deployments.get(deployment)}
            </Link>
          ) : (
            <span className="font-mono text-xs text-bad-ink" title="There is no such deployment">
              {deployment}
            </span>
          )}
        </>
      )}
      {after}
    </>
  );
}
