"use client";

import { Tabs } from "radix-ui";
import { useRef, useState } from "react";
import { branchFor } from "../../../core/form/branch.ts";
import { startOfField } from "../../../core/form/start.ts";
import type { FormValue } from "../../../core/form/value.ts";
import { Field } from "../field.tsx";
import type { ControlProps } from "../field-props.ts";
import { useForm } from "../form-context.tsx";

/** One of several forms, as tabs. What was entered in one is there again when one comes back to it. */
export function UnionField({ kind, path, label, required, value, onChange, aria }: ControlProps<"union">) {
  const { root } = useForm();
  const { branches } = kind;
  const nullable = branches.some(({ schema }) => schema.type === "null");
  const [open, setOpen] = useState(() => branchFor(root, branches, value) ?? 0);
  const left = useRef(new Map<number, FormValue>());
  const choose = (next: number) => {
    const branch = branches[next];
    if (branch === undefined || next === open) return;
    left.current.set(open, value);
    setOpen(next);
    onChange(left.current.has(next) ? left.current.get(next) : startOfBranch(next));
  };
  const startOfBranch = (index: number): FormValue => {
    const branch = branches[index];
    return branch === undefined ? undefined : startOfField(root, branch.schema, { required: true });
  };
  return (
    <Tabs.Root
      value={String(open)}
      onValueChange={(next) => choose(Number(next))}
      className="flex flex-col gap-2"
    >
      <Tabs.List
        aria-label="Kind of value"
        aria-describedby={aria["aria-describedby"]}
        className="flex w-fit max-w-full flex-wrap gap-0.5 rounded-lg bg-sunk p-0.5"
      >
        {branches.map((branch, index) => (
          <Tabs.Trigger
            key={branch.label}
            value={String(index)}
            data-tool
            className="rounded-md px-3 py-1 text-[13px] text-soft data-[state=active]:bg-panel data-[state=active]:font-medium data-[state=active]:text-ink data-[state=active]:shadow-xs"
          >
            {branch.label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {branches.map((branch, index) => (
        <Tabs.Content key={branch.label} value={String(index)} tabIndex={-1}>
          <Field
            path={path}
            schema={branch.schema}
            label={label}
            required={required}
            branch={index}
            nullable={nullable}
            value={value}
            onChange={onChange}
          />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
