"use client";

import { Switch } from "radix-ui";

interface Props {
  on: boolean;
  label: string;
  busy?: boolean;
  onChange: (on: boolean) => void;
}

/** Something that is on or off, and changes at once. */
export function Toggle({ on, label, busy = false, onChange }: Props) {
  return (
    <Switch.Root
      checked={on}
      onCheckedChange={onChange}
      aria-label={label}
      aria-busy={busy}
      className="relative h-5.5 w-10 shrink-0 rounded-full border border-strong bg-sunk transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <Switch.Thumb className="block size-4 translate-x-0.5 rounded-full bg-knob shadow transition-transform data-[state=checked]:translate-x-5" />
    </Switch.Root>
  );
}
