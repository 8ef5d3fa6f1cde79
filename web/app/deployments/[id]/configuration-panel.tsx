import { JsonView } from "../../../ui/json-view.tsx";
import { Panel } from "../../../ui/panel.tsx";
import type { DeploymentShown } from "./deployment-view.tsx";

/** How a deployment's runs are taken and started. */
export function ConfigurationPanel({ deployment }: { deployment: DeploymentShown }) {
  const { concurrencyLimit, collisionStrategy, enforceParameterSchema, entrypoint, path, jobVariables } =
    deployment;
  const facts: [string, string | null | undefined][] = [
    [
      "Runs at once",
      concurrencyLimit == null
        ? "any number"
        : `at most ${concurrencyLimit}; ${collisionStrategy === "CANCEL_NEW" ? "more are cancelled" : "more wait"}`,
    ],
    [
      "Parameters",
      deployment.parameterSchema == null
        ? "of any kind: its flow does not say which"
        : enforceParameterSchema
          ? "checked before a run is made"
          : "not checked",
    ],
    ["Entry point", entrypoint],
    ["In the folder", path],
  ];
  return (
    <Panel title="Configuration">
      <dl className="flex flex-col gap-2 text-[13px]">
        {facts.map(([name, said]) =>
          said == null ? null : (
            <div key={name} className="flex gap-3">
              <dt className="w-26 shrink-0 text-faint">{name}</dt>
              <dd className="min-w-0 wrap-anywhere">{said}</dd>
            </div>
          ),
        )}
      </dl>
      {jobVariables == null ? null : (
        <div className="mt-3 border-t border-line pt-3">
          <h3 className="mb-1.5 text-[13px] text-faint">Job variables</h3>
          <JsonView value={jobVariables} />
        </div>
      )}
    </Panel>
  );
}
