"use client";

import { Switch } from "radix-ui";
import type { ControlProps } from "../field-props.ts";

/** Yes or no. */
export function SwitchField({ value, onChange, onBlur, aria }: ControlProps<"switch">) {
  const { "aria-required": _, ...rest } = aria;
  return (
    <div className="flex min-h-9 items-center gap-3">
      <Switch.Root
        {...rest}
        checked={value === true}
        onCheckedChange={onChange}
        onBlur={onBlur}
        className="relative h-6 w-11 shrink-0 rounded-full border border-strong bg-sunk transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Switch.Thumb className="block size-4.5 translate-x-0.5 rounded-full bg-knob shadow transition-transform data-[state=checked]:translate-x-5.5" />
      </Switch.Root>
      <span className="text-sm text-soft" aria-hidden="true">
        {value === undefined ? "not said" : value ? "yes" : "no"}
      </span>
    </div>
  );
}
