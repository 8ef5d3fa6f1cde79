"use client";

import { useLinkStatus } from "next/link";

/** Inside a link: says that its page is on the way, where that takes long enough to be noticed. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return <span aria-hidden="true" className={`link-pending ${pending ? "is-pending" : ""}`} />;
}
