import { isJsonObject, type Json } from "../../../../core/json.ts";
import { jsonOf } from "../../../lib/json-of.ts";
import { JsonView } from "../../../ui/json-view.tsx";
import { Markdown } from "../../../ui/markdown.tsx";

/** What can be said about how a pool's runs are started: the properties of its schema. */
export function JobVariables({ schema }: { schema: unknown }) {
  const given = jsonOf(schema);
  if (!isJsonObject(given)) return <p className="text-sm text-soft">Any: the pool does not say which.</p>;
  const { properties } = given;
  if (!isJsonObject(properties)) return <JsonView value={given} className="max-h-96" />;
  const required = Array.isArray(given.required) ? given.required : [];
  return (
    <div className="flex flex-col gap-3">
      <dl className="flex flex-col gap-3 text-[13px]">
        {Object.entries(properties).map(([name, property]) => (
          <div key={name} className="flex flex-col gap-0.5">
            <dt className="flex flex-wrap items-baseline gap-x-2">
              <code className="font-mono text-xs font-medium wrap-anywhere">{name}</code>
              <span className="text-xs text-faint">
                {typesOf(property).join(" or ")}
                {required.includes(name) ? ", required" : ""}
              </span>
            </dt>
            <dd className="text-soft">
              <Markdown text={textOf(property)} />
            </dd>
          </div>
        ))}
      </dl>
      <details>
        <summary className="w-fit text-xs text-soft hover:text-ink">As a JSON Schema</summary>
        <JsonView value={given} className="mt-2 max-h-96" />
      </details>
    </div>
  );
}

function typesOf(property: Json): string[] {
  if (!isJsonObject(property)) return [];
  return [property.type ?? []]
    .flat()
    .flatMap((type) => (typeof type === "string" && type !== "null" ? [type] : []));
}

function textOf(property: Json): string {
  if (!isJsonObject(property)) return "";
  const { title, description } = property;
  return typeof description === "string" ? description : typeof title === "string" ? title : "";
}
