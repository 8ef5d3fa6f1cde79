"use client";

import { useState } from "react";
import { jsonOf } from "../../../lib/json-of.ts";
import { yamlText } from "../../../lib/yaml-text.ts";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { Panel } from "../../../ui/panel.tsx";

const forms = ["YAML", "JSON"] as const;

/** The automation as a document, as files hold it. */
export function DefinitionPanel({ document }: { document: unknown }) {
  const [form, setForm] = useState<(typeof forms)[number]>("YAML");
  const text = form === "YAML" ? yamlText(jsonOf(document)) : JSON.stringify(document, null, 2);
  return (
    <Panel
      title="Definition"
      aside={
        <div className="flex items-center gap-2">
          <fieldset aria-label="Form" className="flex rounded-md border border-line text-xs">
            {forms.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === form}
                onClick={() => setForm(each)}
                className="px-2 py-1 text-soft first:rounded-l-md last:rounded-r-md hover:bg-sunk aria-pressed:bg-accent/10 aria-pressed:text-ink"
              >
                {each}
              </button>
            ))}
          </fieldset>
          <CopyButton text={text} what={`the ${form}`} />
        </div>
      }
    >
      <pre className="max-h-112 overflow-auto font-mono text-[12.5px] leading-relaxed">
        <code>{text}</code>
      </pre>
    </Panel>
  );
}
