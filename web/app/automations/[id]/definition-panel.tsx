"use client";

import { useState } from "react";
import { FormChoice } from "../../../editor/form-choice.tsx";
import type { Form } from "../../../editor/written.ts";
import { jsonOf } from "../../../lib/json-of.ts";
import { yamlText } from "../../../lib/yaml-text.ts";
import { CodeText } from "../../../ui/code-text.tsx";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { Panel } from "../../../ui/panel.tsx";

/** The automation as a document, as files hold it. */
export function DefinitionPanel({ document }: { document: unknown }) {
  const [form, setForm] = useState<Form>("YAML");
  const text = form === "YAML" ? yamlText(jsonOf(document)) : JSON.stringify(document, null, 2);
  return (
    <Panel
      title="Definition"
      aside={
        <>
          <FormChoice form={form} onForm={setForm} />
          <CopyButton text={text} what={`the ${form}`} />
        </>
      }
    >
      <CodeText label={`Definition as ${form}`} className="max-h-112 text-[12.5px]">
        {text}
      </CodeText>
    </Panel>
  );
}
