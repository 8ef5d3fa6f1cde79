import { branchFor } from "../../../core/form/branch.ts";
import { readJson } from "../../../core/form/json-text.ts";
import { type FieldKind, kindOf } from "../../../core/form/kind.ts";
import { inWords, textOf } from "../../../core/form/label.ts";
import { resolve } from "../../../core/form/resolve.ts";
import { emptyText } from "../../../core/form/start.ts";
import { readTyped } from "../../../core/form/typed-text.ts";
import {
  type FormObject,
  type FormValue,
  propertyOf,
  toSend,
  withProperty,
} from "../../../core/form/value.ts";
import { type JsonObject, jsonEquals } from "../../../core/json.ts";
import { formatName } from "../../../core/json-schema/formats.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import type { Questions } from "./questions.ts";

/** A field that is asked for. */
export interface Field {
  schema: JsonSchema;
  /** Its name with the names of what it is in, as it is typed for `--input`; empty for the whole. */
  name: string;
  required: boolean;
  /** What it held before; undefined where nothing was given. */
  present?: FormValue;
}

/** Asks for a value, field by field, in the order of its schema. Undefined where it is left out. */
export async function askValue(questions: Questions, root: JsonSchema, field: Field): Promise<FormValue> {
  const schema = resolve(root, field.schema);
  if (schema === null) return undefined;
  const present = field.present === undefined ? structuredClone(schema.default) : field.present;
  const asked: Asked = {
    questions,
    root,
    schema,
    field: { ...field, present },
    message: messageOf(schema, field),
  };
  return askKind(asked, kindOf(root, schema));
}

interface Asked {
  questions: Questions;
  root: JsonSchema;
  /** As `resolve` gives it. */
  schema: JsonObject;
  field: Field;
  message: string;
}

async function askKind(asked: Asked, kind: FieldKind): Promise<FormValue> {
  const { questions, field, message } = asked;
  switch (kind.kind) {
    case "constant":
      return kind.value;
    case "none":
      return null;
    case "switch":
      return field.required || field.present !== undefined
        ? questions.yesOrNo(message, field.present === true)
        : [true, false, undefined][await questions.choice(message, ["Yes", "No", "(leave out)"], 2)];
    case "choice": {
      const { choices } = kind;
      const left = field.required ? [] : ["(leave out)"];
      const before = choices.findIndex(
        ({ value }) => field.present !== undefined && jsonEquals(value, toSend(field.present) ?? null),
      );
      const initial = before < 0 && !field.required ? choices.length : before;
      const at = await questions.choice(message, [...choices.map(({ label }) => label), ...left], initial);
      return choices[at]?.value;
    }
    case "choices": {
      const before = (Array.isArray(field.present) ? field.present : []).map((item) =>
        kind.choices.findIndex(({ value }) => jsonEquals(value, toSend(item) ?? null)),
      );
      const chosen = await questions.choices(
        message,
        kind.choices.map(({ label }) => label),
        before,
      );
      if (chosen.length === 0 && !field.required && field.present === undefined) return undefined;
      return chosen.flatMap((at) => kind.choices[at]?.value ?? []);
    }
    case "text":
    case "number":
      return askLine(asked, kind);
    case "json":
      return askJson(asked);
    case "group":
    case "record":
    case "list":
    case "tuple":
      return (await isWanted(asked)) ? askComposite(asked, kind) : undefined;
    case "union":
      return askUnion(asked, kind);
  }
}

/** What may be left out and consists of more than a line is asked for only if it is wanted. */
async function isWanted({ questions, field, message }: Asked): Promise<boolean> {
  if (field.required) return true;
  return questions.yesOrNo(`${message}\nGive it?`, field.present !== undefined);
}

async function askLine(
  { questions, root, schema, field, message }: Asked,
  kind: FieldKind & { kind: "text" | "number" },
): Promise<FormValue> {
  const format = kind.kind === "text" ? kind.format : null;
  if (format === "password") {
    const secret = await questions.secret(message);
    return secret === "" && !field.required ? undefined : secret;
  }
  const empty = kind.kind === "text" && field.required ? emptyText(schema) : undefined;
  const line = await questions.text({
    message,
    initial: field.present === undefined || field.present === null ? undefined : String(field.present),
    hint: format === null ? undefined : formatName(format),
    check(text) {
      if (text === "") return field.required && empty === undefined ? "must be given" : null;
      const reading = readTyped(root, schema, text);
      return reading.ok ? null : reading.message;
    },
  });
  if (line === "") return empty;
  const reading = readTyped(root, schema, line);
  return reading.ok ? reading.value : line;
}

async function askJson({ questions, field, message }: Asked): Promise<FormValue> {
  const before = field.present === undefined ? undefined : toSend(field.present);
  const line = await questions.text({
    message,
    initial: before === undefined ? undefined : JSON.stringify(before),
    hint: "JSON",
    check(text) {
      if (text.trim() === "") return field.required ? "must be given" : null;
      const reading = readJson(text);
      return reading.ok ? null : reading.message;
    },
  });
  const reading = readJson(line);
  return reading.ok ? reading.value : undefined;
}

type Composite = FieldKind & { kind: "group" | "record" | "list" | "tuple" };

async function askComposite({ questions, root, field }: Asked, kind: Composite): Promise<FormValue> {
  const inner = (name: string, schema: JsonSchema, present: FormValue, required = true) =>
    askValue(questions, root, {
      schema,
      name: field.name === "" ? name : `${field.name}.${name}`,
      required,
      present,
    });
  const items = Array.isArray(field.present) ? field.present : [];
  switch (kind.kind) {
    case "group": {
      const order = kind.properties.map(({ name }) => name);
      let value: FormObject = {};
      for (const { name, schema, required } of kind.properties) {
        const given = await inner(name, schema, propertyOf(field.present, name), required);
        value = withProperty(value, name, given, order);
      }
      return value;
    }
    case "tuple": {
      const given: FormValue[] = [];
      for (const [at, schema] of kind.items.entries()) given.push(await inner(String(at), schema, items[at]));
      return given;
    }
    case "list": {
      const given: FormValue[] = [];
      const title = field.name === "" ? "the list" : field.name;
      while (given.length < kind.most) {
        const more = given.length < items.length;
        const asks = given.length === 0 ? `Put an item into ${title}?` : `Put another item into ${title}?`;
        if (given.length >= kind.fewest && !(await questions.yesOrNo(asks, more))) break;
        given.push(await inner(String(given.length), kind.items, items[given.length]));
      }
      return given;
    }
    case "record": {
      let value: FormObject = {};
      for (;;) {
        const name = await questions.text({
          message: `A name in ${field.name || "the object"} (empty: no more)`,
        });
        if (name === "") return value;
        value = withProperty(
          value,
          name,
          await inner(name, kind.values, propertyOf(field.present, name)),
          [],
        );
      }
    }
  }
}

async function askUnion(asked: Asked, { branches }: FieldKind & { kind: "union" }): Promise<FormValue> {
  const { questions, root, field, message } = asked;
  const before = field.present === undefined ? null : branchFor(root, branches, field.present);
  const labels = branches.map(({ label }) => label);
  const at = await questions.choice(
    message,
    field.required ? labels : [...labels, "(leave out)"],
    before ?? (field.required ? 0 : labels.length),
  );
  const branch = branches[at];
  if (branch === undefined) return undefined;
  const present = at === before ? field.present : undefined;
  return askValue(questions, root, { ...field, schema: branch.schema, required: true, present });
}

/** What a field is called, what it is for, and that it may be left out. */
function messageOf(schema: JsonObject, { name, required }: Field): string {
  const last = name.split(".").at(-1) ?? "";
  const title = textOf(schema.title) ?? (/^\d+$/.test(last) ? `Item ${Number(last) + 1}` : inWords(last));
  const place = name.includes(".") ? `${title} (${name})` : title;
  const head = `${place || "The answer"}${required ? "" : ", optional"}`;
  const help = textOf(schema.description);
  return help === undefined ? head : `${head}\n${help}`;
}
