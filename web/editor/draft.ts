import type { Form } from "./written.ts";

/** A text that was not saved, as this window keeps it. */
export interface Draft {
  readonly text: string;
  readonly form: Form;
}

const prefix = "antiphon.draft.";

/** The draft that is kept under a name; null for none. */
export function readDraft(name: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(prefix + name) ?? "null");
    if (typeof kept !== "object" || kept === null) return null;
    const [text, form] = [Reflect.get(kept, "text"), Reflect.get(kept, "form")];
    return typeof text === "string" && (form === "YAML" || form === "JSON") ? { text, form } : null;
  } catch {
    return null;
  }
}

/** Keeps a draft for as long as the window is there; null drops it. Where there is no room for it, it is not kept. */
export function keepDraft(name: string, draft: Draft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(prefix + name);
    else sessionStorage.setItem(prefix + name, JSON.stringify(draft));
  } catch {
    // Somebody has forbidden storage, or it is full.
  }
}
