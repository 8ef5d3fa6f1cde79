import type { ComponentProps } from "react";

const looks = {
  primary: "border-transparent bg-accent text-on-accent shadow-xs hover:bg-accent-strong",
  plain: "border-line bg-panel text-ink hover:bg-sunk",
  danger: "border-transparent bg-bad text-on-accent shadow-xs hover:brightness-90",
  quiet: "border-transparent text-soft hover:bg-sunk hover:text-ink",
} as const;
const base =
  "inline-flex items-center justify-center gap-2 rounded-lg border font-medium whitespace-nowrap transition-colors disabled:pointer-events-none disabled:opacity-50";
const sizes = { medium: "min-h-9 px-4 text-sm", small: "min-h-8 px-3 text-[13px]" } as const;

export type ButtonLook = keyof typeof looks;

/** How a button looks, for links that are to look like one. */
export function buttonClass(look: ButtonLook = "plain", size: keyof typeof sizes = "medium"): string {
  return `${base} ${sizes[size]} ${looks[look]}`;
}

interface Props extends ComponentProps<"button"> {
  look?: ButtonLook;
  size?: keyof typeof sizes;
  /** Something was begun by it and has not ended. */
  busy?: boolean;
}

export function Button({
  look = "plain",
  size = "medium",
  busy = false,
  type = "button",
  className = "",
  children,
  ...rest
}: Props) {
  return (
    <button type={type} className={`${buttonClass(look, size)} ${className}`} {...rest}>
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}

function Spinner() {
  return (
    <svg
      viewBox="0 0 16 16"
      className="size-4 animate-spin motion-reduce:animate-none"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M14 8a6 6 0 1 1-6-6" />
    </svg>
  );
}
