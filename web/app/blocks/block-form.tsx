"use client";

import { type ReactNode, useRef, useState } from "react";
import { useMutation } from "urql";
import type { Issue } from "../../../core/error.ts";
import { isJsonObject, type Json } from "../../../core/json.ts";
import { JsonSchemaForm } from "../../form/json-schema-form.tsx";
import { Labelled } from "../../form/labelled.tsx";
import type { Undelivered } from "../../form/undelivered.ts";
import type { ShownBlockTypeFragment } from "../../gql/graphql.ts";
import { undelivered } from "../../lib/graphql/undelivered.ts";
import { schemaOf } from "../../lib/json-of.ts";
import { saveBlockDocument } from "./documents.ts";
import { hasSecrets, withTakenAway } from "./secrets.ts";

interface Props {
  type: ShownBlockTypeFragment;
  /** The block that is changed, its secrets masked; null for a new one. */
  stored: { name: string; data: Json } | null;
  submitLabel: string;
  aside?: ReactNode;
  /** Resolves when the page shows it as it is now. */
  onSaved: (block: { type: string; name: string }) => Promise<void>;
}

/** What a block holds, as a form of its type's schema. */
export function BlockForm({ type, stored, submitLabel, aside, onSaved }: Props) {
  const nameField = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("");
  const [nameIssue, setNameIssue] = useState<string | null>(null);
  const [, save] = useMutation(saveBlockDocument);
  const schema = schemaOf(type.schema);
  const submit = async (data: Json): Promise<readonly Issue[] | Undelivered> => {
    setNameIssue(null);
    const { data: answer, error } = await save({
      type: type.slug,
      name: stored?.name ?? name.trim(),
      data: stored !== null && isJsonObject(data) ? withTakenAway(stored.data, data) : data,
      overwrite: stored !== null,
    });
    const result = answer?.saveBlock;
    if (result === undefined)
      return undelivered(error, "Save it again: one that is there already is not replaced unseen.");
    if (result.__typename === "Block") {
      await onSaved(result);
      return [];
    }
    if (result.__typename === "AlreadyExistsError") setNameIssue("There is a block of this name already.");
    if (result.__typename !== "InvalidInputError" || result.issues.length === 0)
      return { heading: "The block was not saved", message: result.message };
    const itsName = result.issues.find(({ path }) => path[0] === "name");
    if (itsName !== undefined) {
      setNameIssue(itsName.message);
      nameField.current?.focus();
    }
    return result.issues
      .filter((issue) => issue !== itsName)
      .map(({ path, message }) => ({ path: path[0] === "data" ? path.slice(1) : [], message }));
  };
  return (
    <div className="flex flex-col gap-5">
      {stored === null ? (
        <Labelled
          label="Name"
          required
          help={
            type.slug === "json"
              ? "Any text; the code of flows finds it by this."
              : "Small letters, digits and dashes. It stays as it is."
          }
          issues={nameIssue === null ? [] : [nameIssue]}
        >
          {(aria) => (
            <input
              {...aria}
              ref={nameField}
              value={name}
              onChange={(event) => setName(event.target.value)}
              placeholder="ops-channel"
              autoComplete="off"
              className="control sm:max-w-sm"
            />
          )}
        </Labelled>
      ) : hasSecrets(schema) ? (
        <p className="text-[13px] text-soft">
          Secrets are not shown: dots stand for what is stored, and stay unless you type something else.
        </p>
      ) : null}
      <JsonSchemaForm
        schema={schema}
        {...(stored === null ? {} : { start: stored.data })}
        label="Data"
        submitLabel={submitLabel}
        aside={aside}
        onSubmit={submit}
      />
    </div>
  );
}
