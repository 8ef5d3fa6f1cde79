import { kindOf } from "../../../core/form/kind.ts";
import { resolve } from "../../../core/form/resolve.ts";
import { type TypedField, withTyped } from "../../../core/form/typed-field.ts";
import { type FormValue, toSend } from "../../../core/form/value.ts";
import { isPlainObject } from "../../../core/json.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { keyValue, keyValues } from "../key-values.ts";

/**
 * The parameters that options `--param name=value` give, each read as what the deployment's schema asks for there: `card=5` is a text
 * where a text is. Where the schema says nothing of it, or cannot take it, it is JSON, else text; the server refuses it then.
 */
export function typedParameters(
  schema: JsonSchema | null,
  given: readonly string[],
): Record<string, unknown> {
  const root = schema ?? true;
  const known = namesOf(root);
  let typed: FormValue = {};
  const others: string[] = [];
  for (const one of given) {
    const [name, text] = keyValue("--param", one);
    // A placeholder has a form of its own.
    const reads = known.includes(name) && !text.includes("__prefect_kind");
    const next: TypedField | null = reads ? withTyped(root, typed, name, unquoted(text)) : null;
    if (next?.ok) typed = next.value;
    else others.push(one);
  }
  const read = toSend(typed);
  return { ...(isPlainObject(read) ? read : {}), ...keyValues("--param", others) };
}

/** A text in quotes, as JSON has them, is the text in them. */
function unquoted(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function namesOf(root: JsonSchema): string[] {
  const resolved = resolve(root, root);
  const kind = resolved === null ? null : kindOf(root, resolved);
  return kind?.kind === "group" ? kind.properties.map(({ name }) => name) : [];
}
