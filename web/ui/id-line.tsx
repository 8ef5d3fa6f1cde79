import { CopyButton } from "./copy-button.tsx";

/** The id of what the page is about, to be copied. */
export function IdLine({ id }: { id: string }) {
  return (
    <p className="flex flex-wrap items-center gap-x-1 text-[13px]">
      <span className="font-mono text-xs wrap-anywhere text-soft">{id}</span>
      <CopyButton text={id} what="the id" />
    </p>
  );
}
