"use client";

import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { useState } from "react";
import { type AnyVariables, useMutation } from "urql";
import { refusedText } from "../lib/graphql/refused.ts";

interface Turning<Data, Variables> {
  variables: (on: boolean) => Variables;
  resultOf: (data: Data) => { __typename: string; message?: string };
  /** The name of the result's type where it was done. */
  success: string;
  /** Resolves when the thing is shown as it is now. */
  readAgain: () => Promise<void>;
}

/** Something that is turned on and off by a mutation: as it was just asked to be, and back to what it is, with the reason, where that was refused. */
export function useTurned<Data, Variables extends AnyVariables>(
  now: boolean,
  document: TypedDocumentNode<Data, Variables>,
  { variables, resultOf, success, readAgain }: Turning<Data, Variables>,
) {
  const [asked, setAsked] = useState<boolean | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [{ fetching }, send] = useMutation(document);
  const turn = async (next: boolean) => {
    setAsked(next);
    setRefusal(null);
    const { data, error } = await send(variables(next));
    const result = data === undefined ? undefined : resultOf(data);
    if (result?.__typename === success) await readAgain();
    else setRefusal(refusedText(result && { message: "It was refused.", ...result }, error));
    setAsked(null);
  };
  return { on: asked ?? now, refusal, busy: fetching, turn };
}
