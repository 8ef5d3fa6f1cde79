"use client";

import Link from "next/link";
import type { ShownBlockTypeFragment } from "../../../gql/graphql.ts";
import { buttonClass } from "../../../ui/button.tsx";
import { useShownRouter } from "../../../ui/use-shown-router.ts";
import { blockHref } from "../address.ts";
import { BlockForm } from "../block-form.tsx";

/** The form of a new block, which leads to its page. */
export function NewBlock({ type }: { type: ShownBlockTypeFragment }) {
  const router = useShownRouter();
  return (
    <BlockForm
      type={type}
      stored={null}
      submitLabel="Save the block"
      aside={
        <Link href="/blocks" className={buttonClass("quiet")}>
          Cancel
        </Link>
      }
      onSaved={(block) => router.push(blockHref(block))}
    />
  );
}
