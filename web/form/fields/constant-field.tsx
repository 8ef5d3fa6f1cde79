import { choiceLabel } from "../../../core/form/label.ts";
import type { ControlProps } from "../field-props.ts";

/** What is fixed. */
export function ConstantField({ kind, aria }: ControlProps<"constant">) {
  return (
    <output id={aria.id} className="w-fit rounded-md bg-sunk px-3 py-1.5 font-mono text-[13px] text-soft">
      {choiceLabel(kind.value)}
    </output>
  );
}
