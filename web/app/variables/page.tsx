import type { Metadata } from "next";
import { read } from "../../lib/graphql/server.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { RefreshEvery } from "../../ui/refresh-every.tsx";
import { variablesDocument } from "./documents.ts";
import { SetVariable } from "./set-variable.tsx";
import { VariableItem } from "./variable-item.tsx";

export const metadata: Metadata = { title: "Variables" };

export default async function VariablesPage() {
  const { variables } = await read(variablesDocument, {});
  return (
    <div className="flex flex-col gap-5">
      <RefreshEvery seconds={10} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold tracking-tight">Variables</h1>
        <SetVariable
          variable={null}
          trigger={
            <button type="button" className={buttonClass("primary")}>
              New variable
            </button>
          }
        />
      </div>
      <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
        {variables.length === 0 ? (
          <Empty title="No variables yet">
            <p>
              A variable is a value under a name, which the templates of automations know as{" "}
              <code className="font-mono text-xs">variables.&lt;name&gt;</code>. A secret one is known by name
              to the parameters of deployments alone.
            </p>
          </Empty>
        ) : (
          <ul className="divide-y divide-line">
            {variables.map((variable) => (
              <VariableItem key={variable.id} variable={variable} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
