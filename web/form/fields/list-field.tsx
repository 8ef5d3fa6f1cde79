"use client";

import { useRef, useState } from "react";
import { startOfField } from "../../../core/form/start.ts";
import type { FormValue } from "../../../core/form/value.ts";
import { Field } from "../field.tsx";
import type { ControlProps } from "../field-props.ts";
import { focusInside } from "../focus.ts";
import { useForm } from "../form-context.tsx";
import { IconButton } from "./icon-button.tsx";

/** Any number of items: add, remove, reorder. */
export function ListField({ kind, path, label, value, onChange }: ControlProps<"list">) {
  const { root } = useForm();
  const items: FormValue[] = Array.isArray(value) ? value : [];
  // Items are told apart by when they came, so that a moved one keeps what its field knows.
  const [ids, setIds] = useState(() => items.map((_, index) => index));
  const nextId = useRef(items.length);
  const frame = useRef<HTMLDivElement>(null);
  const change = (nextItems: FormValue[], nextIds: number[]) => {
    setIds(nextIds);
    onChange(nextItems);
  };
  const add = () => {
    nextId.current += 1;
    change([...items, startOfField(root, kind.items, { required: true })], [...ids, nextId.current]);
    focusInside(() => frame.current?.querySelector(":scope > ol > li:last-child"));
  };
  const move = (from: number, to: number) => change(moved(items, from, to), moved(ids, from, to));
  const remove = (index: number) => {
    change(
      items.filter((_, other) => other !== index),
      ids.filter((_, other) => other !== index),
    );
    focusInside(
      () => frame.current?.querySelector(`:scope > ol > li:nth-child(${index + 1})`) ?? frame.current,
    );
  };
  return (
    <div ref={frame} className="flex flex-col gap-2">
      {items.length === 0 ? null : (
        <ol className="flex flex-col gap-2">
          {items.map((item, index) => (
            <li
              key={ids[index] ?? index}
              className="flex items-start gap-1 rounded-lg border border-line py-2 pr-1 pl-3"
            >
              <span className="mt-2 w-6 shrink-0 text-xs text-faint tabular-nums" aria-hidden="true">
                {index + 1}
              </span>
              <div className="min-w-0 flex-1">
                <Field
                  path={[...path, String(index)]}
                  schema={kind.items}
                  label={`${label} ${index + 1}`}
                  required
                  unlabelled
                  value={item}
                  onChange={(next) => onChange(items.map((old, other) => (other === index ? next : old)))}
                />
              </div>
              <div className="flex shrink-0 flex-col sm:flex-row">
                <IconButton
                  label={`Move item ${index + 1} up`}
                  icon="up"
                  disabled={index === 0}
                  onClick={() => move(index, index - 1)}
                />
                <IconButton
                  label={`Move item ${index + 1} down`}
                  icon="down"
                  disabled={index === items.length - 1}
                  onClick={() => move(index, index + 1)}
                />
                <IconButton label={`Remove item ${index + 1}`} icon="remove" onClick={() => remove(index)} />
              </div>
            </li>
          ))}
        </ol>
      )}
      <button type="button" className="empty-slot" disabled={items.length >= kind.most} onClick={add}>
        {items.length >= kind.most ? `No more than ${kind.most}` : "Add an item"}
      </button>
    </div>
  );
}

function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const next = [...items];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
