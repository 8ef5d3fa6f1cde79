"use client";

import { useRef, useState } from "react";
import { type CombinedError, useMutation } from "urql";
import type { Issue } from "../../../../core/error.ts";
import type { Json } from "../../../../core/json.ts";
import type { Undelivered } from "../../../form/undelivered.ts";
import type { SavedAutomationFragment } from "../../../gql/graphql.ts";
import { undelivered } from "../../../lib/graphql/undelivered.ts";
import { newId } from "../../../lib/new-id.ts";
import { createAutomationDocument, updateAutomationDocument } from "./documents.ts";

/** What became of saving. */
export type Saved =
  | { readonly id: string }
  | { readonly issues: readonly Issue[] }
  | { readonly undelivered: Undelivered };

/**
 * Saves an automation's document: once, however often it is sent.
 *
 * @param id the automation that is replaced; null for a new one
 */
export function useSave(id: string | null) {
  const [busy, setBusy] = useState(false);
  const [, create] = useMutation(createAutomationDocument);
  const [, update] = useMutation(updateAutomationDocument);
  const itsNewId = useRef<string>(null);
  // A call without an answer may have made it, of another text.
  const mayBeThere = useRef(false);

  async function send(document: Json): Promise<Saved> {
    itsNewId.current ??= newId();
    const itsId = id ?? itsNewId.current;
    if (id === null) {
      const { data, error } = await create({ document, id: itsId });
      const saved = savedOf(data?.createAutomation, error);
      const again = mayBeThere.current && "id" in saved;
      mayBeThere.current = data === undefined;
      if (!again) return saved;
    }
    const { data, error } = await update({ document, id: itsId });
    return savedOf(data?.updateAutomation, error);
  }
  const save = async (document: Json): Promise<Saved> => {
    setBusy(true);
    try {
      return await send(document);
    } finally {
      setBusy(false);
    }
  };
  return { busy, save };
}

function savedOf(answer: SavedAutomationFragment | undefined, error: CombinedError | undefined): Saved {
  if (answer === undefined) return { undelivered: undelivered(error, "Save it again: it is saved once.") };
  switch (answer.__typename) {
    case "Automation":
      return { id: answer.id };
    case "InvalidInputError":
      return { issues: answer.issues };
    case "NotFoundError":
      return { undelivered: { heading: "It was not saved", message: answer.message } };
  }
}
