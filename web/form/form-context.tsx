"use client";

import { createContext, use, useEffect, useId } from "react";
import type { Issue } from "../../core/error.ts";
import type { Path } from "../../core/form/value.ts";
import type { JsonObject } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import { pathKey } from "./model/placement.ts";

/** What every field of a form shares. */
export interface FormContext {
  /** Begins the id of every element of this form. */
  id: string;
  /** The whole schema: references lead into it. */
  root: JsonSchema;
  /** What fields of the first level hold by default, beside the schema; they offer to go back to it. */
  defaults: JsonObject;
  /** What is shown at a field, by the key of its path. */
  issues: ReadonlyMap<string, string[]>;
  /** Makes a field known as one that can show issues. */
  register: (key: string, label: string) => () => void;
  /** The field was left: what is wrong in it may be said now. */
  touch: (key: string) => void;
  /** What was typed cannot be read as a value yet (null: it can). */
  setUnreadable: (owner: string, issue: Issue | null) => void;
}

const Context = createContext<FormContext | null>(null);
export const FormProvider = Context.Provider;

export function useForm(): FormContext {
  const form = use(Context);
  if (form === null) throw new Error("a field was drawn outside a form");
  return form;
}

/**
 * The ids and issues of the field at a path, while it is on the page.
 *
 * @param shows whether the field shows issues itself: what the whole form consists of leaves them to the top of the form
 */
export function useFieldPlace(
  path: Path,
  label: string,
  shows: boolean,
): { key: string; id: string; issues: string[] } {
  const { id, issues, register } = useForm();
  const key = pathKey(path);
  useEffect(() => (shows ? register(key, label) : undefined), [key, label, register, shows]);
  return { key, id: `${id}${key}`, issues: issues.get(key) ?? [] };
}

/** Says what cannot be read in a field, for as long as it is on the page. */
export function useUnreadable(path: Path, message: string | null): void {
  const { setUnreadable } = useForm();
  const owner = useId();
  const key = pathKey(path);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the path
  useEffect(() => {
    setUnreadable(owner, message === null ? null : { path: [...path], message });
    return () => setUnreadable(owner, null);
  }, [key, message, owner, setUnreadable]);
}
