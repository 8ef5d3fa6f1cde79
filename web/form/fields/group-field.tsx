"use client";

import { inWords } from "../../../core/form/label.ts";
import { isFormObject, propertyOf, withProperty } from "../../../core/form/value.ts";
import { Field } from "../field.tsx";
import type { ControlProps } from "../field-props.ts";
import { OtherProperties } from "./other-properties.tsx";

/** An object of known properties, in the schema's order. */
export function GroupField({ kind, path, value, onChange, onBlur }: ControlProps<"group">) {
  const order = kind.properties.map(({ name }) => name);
  const fields = kind.properties.map(({ name, schema, required }) => (
    <Field
      key={name}
      path={[...path, name]}
      schema={schema}
      label={path.length === 0 && isWrapper(order) ? "Answer" : inWords(name)}
      required={required}
      value={propertyOf(value, name)}
      onChange={(next) => onChange(withProperty(value, name, next, order))}
    />
  ));
  const others =
    kind.others === null ? null : (
      <OtherProperties
        path={path}
        schema={kind.others}
        known={order}
        value={isFormObject(value) ? value : {}}
        onChange={onChange}
        onBlur={onBlur}
      />
    );
  if (path.length === 0)
    return (
      <div className="flex flex-col gap-5">
        {fields}
        {others}
      </div>
    );
  return (
    <div className="flex flex-col gap-4 rounded-r-lg border-l-2 border-line py-1 pl-4">
      {fields.length === 0 && others === null ? <p className="text-sm text-faint">No fields.</p> : fields}
      {others}
    </div>
  );
}

/** Of what is not an object, the answer is wrapped in one field. */
function isWrapper(names: readonly string[]): boolean {
  return names.length === 1 && names[0] === "value";
}
