interface Props {
  /** What the messages have in common. */
  heading: string;
  messages: readonly string[];
}

/** What is wrong with the answer as a whole, or why it was not taken. Nothing where there is no message. */
export function IssueSummary({ heading, messages }: Props) {
  if (messages.length === 0) return null;
  return (
    <div
      role="alert"
      tabIndex={-1}
      data-invalid
      className="rounded-lg border border-bad/40 bg-bad/8 px-4 py-3 text-sm text-bad-ink"
    >
      <p className="font-medium">{heading}</p>
      <ul className="mt-1 list-disc pl-5">
        {messages.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </div>
  );
}
