const paths = {
  up: "M8 12.5v-9m0 0L4 7.5m4-4 4 4",
  down: "M8 3.5v9m0 0 4-4m-4 4-4-4",
  remove: "m4.5 4.5 7 7m0-7-7 7",
} as const;

interface Props {
  label: string;
  icon: keyof typeof paths;
  disabled?: boolean;
  onClick: () => void;
}

/** A small button of one sign. */
export function IconButton({ label, icon, disabled = false, onClick }: Props) {
  return (
    <button
      type="button"
      data-tool
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
      className="grid size-8 shrink-0 place-items-center rounded-md text-faint hover:bg-sunk hover:text-ink disabled:opacity-30"
    >
      <svg
        viewBox="0 0 16 16"
        className="size-4"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d={paths[icon]} />
      </svg>
    </button>
  );
}
