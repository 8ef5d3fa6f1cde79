/** What is wrong with the answer as a whole. */
export function IssueSummary({ messages }: { messages: readonly string[] }) {
  if (messages.length === 0) return null;
  return (
    <div
      role="alert"
      tabIndex={-1}
      data-invalid
      className="rounded-lg border border-bad/40 bg-bad/8 px-4 py-3 text-sm text-bad-ink"
    >
      <p className="font-medium">This cannot be sent as it is</p>
      <ul className="mt-1 list-disc pl-5">
        {messages.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </div>
  );
}
