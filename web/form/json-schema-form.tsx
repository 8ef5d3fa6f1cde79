"use client";

import {
  type ReactNode,
  type SubmitEvent,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Issue } from "../../core/error.ts";
import { startOf } from "../../core/form/start.ts";
import { type FormValue, type Path, toSend } from "../../core/form/value.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "./field.tsx";
import { focusFirstIssue, watchReader } from "./focus.ts";
import { type FormContext, FormProvider } from "./form-context.tsx";
import { IssueSummary } from "./issue-summary.tsx";
import { checkOf } from "./model/check.ts";
import { issuesLeft, onTop, placeIssues, placeOf } from "./model/placement.ts";
import { tiedTo } from "./model/tied.ts";
import type { Undelivered } from "./undelivered.ts";
import { useFieldLabels } from "./use-field-labels.ts";

export interface JsonSchemaFormProps {
  schema: JsonSchema;
  /** What to begin with in place of the schema's defaults. */
  start?: Json;
  /** What the fields of the first level hold where nobody changes them, by name: they offer to go back to it. */
  defaults?: JsonObject;
  /** Issues known from the beginning, such as those of an answer that was refused. */
  issues?: readonly Issue[];
  /** What a form of one unnamed value is called. */
  label?: string;
  submitLabel: string;
  /** Nothing can be changed or sent any more. */
  locked?: boolean;
  /** What stands beside the button that sends. */
  aside?: ReactNode;
  /** Sends the value; gives what is wrong with it, nothing where it was taken, or why that cannot be said. */
  onSubmit: (value: Json) => Promise<readonly Issue[] | Undelivered>;
}

const none: readonly Issue[] = [];
const noDefaults: JsonObject = {};

/** A form for any JSON Schema. What is on the screen is what is sent. */
export function JsonSchemaForm({
  schema,
  start,
  defaults = noDefaults,
  issues = none,
  label,
  submitLabel,
  locked = false,
  aside,
  onSubmit,
}: JsonSchemaFormProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [value, setValue] = useState<FormValue>(() => (start === undefined ? startOf(schema) : start));
  const [refused, setRefused] = useState(issues);
  const [undelivered, setUndelivered] = useState<Undelivered | null>(null);
  const [unreadable, setUnreadableMap] = useState<ReadonlyMap<string, Issue>>(new Map());
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [attempts, setAttempts] = useState(0);
  const [sending, setSending] = useState(false);
  const inFlight = useRef(false);
  const { labels, register } = useFieldLabels();

  const check = useMemo(() => checkOf(schema), [schema]);
  const begun = attempts > 0 || touched.size > 0;
  const found = useMemo(
    () => (begun ? [...unreadable.values(), ...check(value)] : []),
    [begun, check, value, unreadable],
  );
  const shown = useMemo(() => {
    const due = attempts > 0 ? found : found.filter((issue) => isTouched(touched, placeOf(issue, labels)));
    return placeIssues([...refused, ...due], labels, (path) => tiedTo(schema, value, path));
  }, [attempts, found, refused, touched, labels, schema, value]);

  const change = useCallback(
    (next: FormValue) => {
      const tied = (path: Path) => tiedTo(schema, value, path);
      setRefused((current) => (current.length === 0 ? current : issuesLeft(current, value, next, tied)));
      setValue(next);
    },
    [schema, value],
  );
  const touch = useCallback((key: string) => {
    setTouched((current) => (current.has(key) ? current : new Set(current).add(key)));
  }, []);
  const setUnreadable = useCallback((owner: string, issue: Issue | null) => {
    setUnreadableMap((current) => {
      if (issue === null && !current.has(owner)) return current;
      const next = new Map(current);
      if (issue === null) next.delete(owner);
      else next.set(owner, issue);
      return next;
    });
  }, []);
  const context = useMemo<FormContext>(
    () => ({ id, root: schema, defaults, issues: shown, register, touch, setUnreadable }),
    [id, schema, defaults, shown, register, touch, setUnreadable],
  );

  // Each refused attempt, here or by the server, leads to the first thing to mend.
  const [toMend, setToMend] = useState(0);
  useEffect(() => {
    if (toMend > 0 && form.current !== null) focusFirstIssue(form.current);
  }, [toMend]);

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    // State is read at the next rendering only; a second click can come before it.
    if (inFlight.current || locked) return;
    setAttempts((count) => count + 1);
    setRefused(none);
    setUndelivered(null);
    const json = toSend(value);
    const missing = unreadable.size > 0 || check(value).length > 0;
    if (missing || json === undefined) {
      setToMend((count) => count + 1);
      return;
    }
    const hasWaited = watchReader(event.currentTarget);
    inFlight.current = true;
    setSending(true);
    try {
      const answer = await onSubmit(json);
      if ("heading" in answer) setUndelivered(answer);
      else setRefused(answer);
      const refused = "heading" in answer || answer.length > 0;
      if (hasWaited() && refused) setToMend((count) => count + 1);
    } finally {
      inFlight.current = false;
      setSending(false);
    }
  }

  return (
    <FormProvider value={context}>
      <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-5" aria-busy={sending}>
        {undelivered === null ? null : (
          <IssueSummary heading={undelivered.heading} messages={[undelivered.message]} />
        )}
        <IssueSummary heading="This cannot be sent as it is" messages={shown.get(onTop) ?? []} />
        <fieldset disabled={locked} className="contents">
          <Field
            path={[]}
            schema={schema}
            label={label ?? "Value"}
            required
            value={value}
            onChange={change}
          />
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" look="primary" disabled={sending || locked} busy={sending}>
              {submitLabel}
            </Button>
            {aside}
          </div>
        </fieldset>
      </form>
    </FormProvider>
  );
}

/** Whether the person has been at the place of an issue, or inside it. */
function isTouched(touched: ReadonlySet<string>, place: string): boolean {
  return touched.has(place) || [...touched].some((key) => key.startsWith(`${place}/`));
}
