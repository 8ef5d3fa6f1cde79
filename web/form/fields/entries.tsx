"use client";

import { useState } from "react";
import { startOfField } from "../../../core/form/start.ts";
import type { FormValue, Path } from "../../../core/form/value.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { Field } from "../field.tsx";
import { useForm, useUnreadable } from "../form-context.tsx";
import { IconButton } from "./icon-button.tsx";

type Entry = [name: string, value: FormValue];
interface Row {
  id: number;
  name: string;
  value: FormValue;
}
interface Props {
  path: Path;
  schema: JsonSchema;
  /** Names that stand for something else. */
  taken: readonly string[];
  entries: readonly Entry[];
  onChange: (entries: Entry[]) => void;
  onBlur: () => void;
}

/** Names and values to add, rename and remove. Rows keep a name that is not usable yet; the value has only usable ones. */
export function Entries({ path, schema, taken, entries, onChange, onBlur }: Props) {
  const { root } = useForm();
  const [rows, setRows] = useState<Row[]>(() => entries.map(([name, value], id) => ({ id, name, value })));
  const problem = problemOf(rows, taken);
  useUnreadable(path, problem);
  const commit = (next: Row[]) => {
    setRows(next);
    if (problemOf(next, taken) === null) onChange(next.map(({ name, value }) => [name, value]));
  };
  const add = () => {
    const id = Math.max(-1, ...rows.map((row) => row.id)) + 1;
    commit([...rows, { id, name: "", value: startOfField(root, schema, { required: true }) }]);
  };
  return (
    <div className="flex flex-col gap-3">
      {rows.map((row, index) => {
        const change = (part: Partial<Row>) =>
          commit(rows.map((other) => (other.id === row.id ? { ...other, ...part } : other)));
        return (
          <div key={row.id} className="flex flex-wrap items-start gap-2 rounded-lg border border-line p-3">
            <input
              aria-label={`Name ${index + 1}`}
              placeholder="name"
              value={row.name}
              onChange={(event) => change({ name: event.target.value })}
              onBlur={onBlur}
              className="control w-full font-mono text-[13px] sm:w-40"
            />
            <div className="min-w-0 flex-1 basis-48">
              <Field
                path={[...path, row.name]}
                schema={schema}
                label={row.name === "" ? `Value ${index + 1}` : row.name}
                required
                unlabelled
                value={row.value}
                onChange={(value) => change({ value })}
              />
            </div>
            <IconButton
              label={`Remove ${row.name || `entry ${index + 1}`}`}
              icon="remove"
              onClick={() => commit(rows.filter(({ id }) => id !== row.id))}
            />
          </div>
        );
      })}
      <button type="button" className="empty-slot" onClick={add}>
        Add an entry
      </button>
    </div>
  );
}

function problemOf(rows: readonly Row[], taken: readonly string[]): string | null {
  const names = rows.map(({ name }) => name);
  if (names.includes("")) return "each entry needs a name";
  const twice = names.find((name, index) => names.indexOf(name) !== index || taken.includes(name));
  return twice === undefined ? null : `the name ${JSON.stringify(twice)} stands twice`;
}
