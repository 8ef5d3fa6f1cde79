"use client";

import { Dialog } from "radix-ui";
import { type ReactNode, type SubmitEvent, useId, useState } from "react";
import { useMutation } from "urql";
import type { Json } from "../../../core/json.ts";
import { Labelled } from "../../form/labelled.tsx";
import { refusedText } from "../../lib/graphql/refused.ts";
import { Button } from "../../ui/button.tsx";
import { DialogFrame } from "../../ui/dialog-frame.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Toggle } from "../../ui/toggle.tsx";
import { useShownRouter } from "../../ui/use-shown-router.ts";
import { setVariableDocument } from "./documents.ts";
import { type Typing, typedValue, typingOf } from "./typed-value.ts";

interface Props {
  /** The one that gets another value; null for a new one. */
  variable: { name: string; value: Json; secret: boolean } | null;
  trigger: ReactNode;
}

/** Gives a variable its value. */
export function SetVariable({ variable, trigger }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <DialogFrame
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title={variable === null ? "New variable" : `Edit ${variable.name}`}
    >
      <VariableForm variable={variable} onSet={() => setOpen(false)} />
    </DialogFrame>
  );
}

const typings: { typing: Typing; said: string }[] = [
  { typing: "text", said: "Text" },
  { typing: "json", said: "JSON" },
];

function VariableForm({ variable, onSet }: Pick<Props, "variable"> & { onSet: () => void }) {
  const router = useShownRouter();
  const id = useId();
  const [name, setName] = useState(variable?.name ?? "");
  const wasSecret = variable?.secret ?? false;
  const [secret, setSecret] = useState(wasSecret);
  const [{ typing, typed }, setTyped] = useState(() => typingOf(wasSecret ? "" : (variable?.value ?? "")));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [, set] = useMutation(setVariableDocument);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Nothing typed is no new secret.
    const isKept = typed === "" && (wasSecret || secret);
    const read = isKept ? { value: undefined } : typedValue(typing, typed);
    if ("problem" in read) return setProblem(read.problem);
    // What was plain and is to be so stays what it is: somebody may have made it secret meanwhile.
    const said = secret || wasSecret ? { secret } : {};
    setBusy(true);
    const { data, error } = await set({ name: name.trim(), value: read.value, ...said });
    const result = data?.setVariable;
    if (result?.__typename === "Variable") {
      await router.refresh();
      onSet();
    } else setProblem(refusedText(result, error));
    setBusy(false);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
      {variable === null ? (
        <Labelled label="Name" required>
          {(aria) => (
            <input
              {...aria}
              value={name}
              onChange={(event) => setName(event.target.value)}
              placeholder="letters, digits, - and _"
              autoComplete="off"
              className="control font-mono text-[13px]"
            />
          )}
        </Labelled>
      ) : null}
      <div className="flex flex-col gap-1.5">
        <div className="flex items-center justify-between gap-3">
          <label htmlFor={id} className="text-sm font-medium">
            Value
          </label>
          <fieldset aria-label="Written as" className="flex rounded-md border border-line text-xs">
            {typings.map((each) => (
              <button
                key={each.typing}
                type="button"
                aria-pressed={each.typing === typing}
                onClick={() => setTyped({ typing: each.typing, typed })}
                className="px-2 py-1 text-soft first:rounded-l-md last:rounded-r-md hover:bg-sunk aria-pressed:bg-accent/10 aria-pressed:text-ink"
              >
                {each.said}
              </button>
            ))}
          </fieldset>
        </div>
        <textarea
          id={id}
          value={typed}
          onChange={(event) => setTyped({ typing, typed: event.target.value })}
          rows={Math.min(14, Math.max(4, typed.split("\n").length + 1))}
          spellCheck={false}
          aria-describedby={`${id}-help`}
          placeholder={wasSecret ? "********" : undefined}
          autoComplete="off"
          className={`control font-mono text-[13px] ${secret ? "[-webkit-text-security:disc]" : ""}`}
        />
        <p id={`${id}-help`} className="text-[13px] text-soft">
          {typing === "text"
            ? "The value is this very text."
            : "A number, true, false, null, a list or an object; it keeps its type."}
          {wasSecret && secret ? " Leave it empty to keep the one that is there." : ""}
        </p>
      </div>
      <div className="flex items-center gap-3">
        <Toggle on={secret} label="Secret" onChange={setSecret} />
        <div className="flex flex-col text-[13px]">
          <span className="font-medium" aria-hidden="true">
            Secret
          </span>
          <span className="text-soft">
            {wasSecret && !secret
              ? "Everybody may read it then; it needs a new value."
              : "Encrypted and never shown again. Templates do not see it; placeholders in parameters do."}
          </span>
        </div>
      </div>
      {problem === null ? null : (
        <Notice look="bad" alert>
          {problem}
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy} disabled={busy}>
          Set it
        </Button>
        <Dialog.Close asChild>
          <Button>Back</Button>
        </Dialog.Close>
      </div>
    </form>
  );
}
