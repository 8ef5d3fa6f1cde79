import { Fragment } from "react";

/** A name with dots in it, which breaks behind a dot where it must break. */
export function DottedName({ name }: { name: string }) {
  return (
    <span className="min-w-0 wrap-break-word">
      {name.split(".").map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name have no other identity than their place
        <Fragment key={index}>
          {index === 0 ? null : (
            <>
              .<wbr />
            </>
          )}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
