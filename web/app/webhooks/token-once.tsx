import type { ReactNode } from "react";
import { CopyButton } from "../../ui/copy-button.tsx";

interface Props {
  token: string;
  /** What goes on from here. */
  children: ReactNode;
}

/** A token that is shown this once. */
export function TokenOnce({ token, children }: Props) {
  return (
    <section
      role="status"
      aria-label="The token"
      className="flex flex-col gap-3 rounded-xl border border-waiting/50 bg-waiting/10 p-4"
    >
      <h2 className="text-sm font-semibold">This is the token. It is shown only now.</h2>
      <p className="flex flex-wrap items-center gap-2">
        <code className="rounded-md bg-panel px-2 py-1 font-mono text-xs wrap-anywhere">{token}</code>
        <CopyButton text={token} what="the token" />
      </p>
      <p className="text-[13px] text-soft">
        Senders put it into each request: <code className="font-mono text-xs">Authorization: Bearer …</code>
      </p>
      <div>{children}</div>
    </section>
  );
}
