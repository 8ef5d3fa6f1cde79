/** A JSON value to read. */
export function JsonView({ value, className = "" }: { value: unknown; className?: string }) {
  return (
    <pre
      className={`overflow-x-auto font-mono text-[12.5px] leading-relaxed whitespace-pre-wrap wrap-anywhere ${className}`}
    >
      <code>{JSON.stringify(value, null, 2)}</code>
    </pre>
  );
}
