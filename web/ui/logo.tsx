/** The product's sign: a call and its response. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" className="size-7 shrink-0" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path d="M8 21V11a4 4 0 0 1 4-4h2" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
      <path
        d="M24 11v10a4 4 0 0 1-4 4h-2"
        fill="none"
        stroke="#ffffffa6"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <circle cx="16" cy="16" r="2.5" fill="#fff" />
    </svg>
  );
}
