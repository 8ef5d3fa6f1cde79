import { afterEach, beforeEach, expect, it } from "vitest";
import { missing } from "../../../core/form/missing.ts";
import { compileCheck } from "../../../core/json-schema/check-value.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { askMissing } from "../../../sdk/cli/block/ask-missing.ts";
import { Questions } from "../../../sdk/cli/prompt/questions.ts";
import { askPerson } from "../../../sdk/cli/resume/ask-person.ts";
import type { Question } from "../../../sdk/cli/resume/resume.ts";
import { ctrlC, down, enter, space, Typist } from "../support/typist.ts";

let typist: Typist;
let sent: unknown[];
beforeEach(() => {
  typist = new Typist();
  sent = [];
});
const noColour = process.env.NO_COLOR;
afterEach(() => {
  if (noColour === undefined) delete process.env.NO_COLOR;
  else process.env.NO_COLOR = noColour;
});

/** Asks as `antiphon resume` does; answers are judged by the schema, as the server judges them. */
function ask(schema: JsonSchema, more: Partial<Question> = {}): Promise<unknown> {
  const check = compileCheck(schema);
  const question = { inputType: "Order", description: null, refusedAnswer: null, refusedIssues: [], ...more };
  return askPerson(
    "cheerful-otter",
    { ...question, schema },
    null,
    async (answer) => {
      sent.push(answer);
      const result = check(answer);
      return result.ok ? result : { ...result, text: "refused" };
    },
    typist.terminal,
  );
}

it("a question is asked field by field, in the order of its schema", async () => {
  const answer = ask(
    {
      type: "object",
      properties: {
        size: { enum: ["S", "M", "L"], title: "Shirt size", description: "As you usually wear" },
        count: { type: "integer", default: 1 },
        note: { type: "string" },
        gift: { type: "boolean" },
        day: { type: "string", format: "date" },
        extras: { type: "array", items: { enum: ["box", "card", "bow"] } },
        address: {
          type: "object",
          properties: { city: { type: "string", minLength: 1 }, zip: { type: "string" } },
          required: ["city"],
        },
      },
      required: ["size", "gift", "extras", "address"],
    },
    { description: "# Your order\nWhich **shirt** do you want?" },
  );
  await typist.at("Shirt size", down, enter);
  await typist.at("Count, optional", "\u007f", "3", enter);
  await typist.at("Note, optional", enter);
  await typist.at("Gift", "y");
  await typist.at("Day, optional", "2026-01-31", enter);
  await typist.at("Extras", space, down, down, space, enter);
  await typist.at("City (address.city)", enter);
  await typist.at("must be given", "Lyon", enter);
  await typist.at("Zip (address.zip), optional", enter);
  expect(await answer).toEqual({
    size: "M",
    count: 3,
    gift: true,
    day: "2026-01-31",
    extras: ["box", "bow"],
    address: { city: "Lyon" },
  });
});

it("what the description says stands above, and help beside its field", async () => {
  const answer = ask(
    {
      type: "object",
      properties: { size: { type: "string", description: "As you usually wear" } },
      required: ["size"],
    },
    { description: "# Your order\nWhich **shirt**\u001b[2J do you want?" },
  );
  await typist.at("As you usually wear");
  expect(typist.shown).toMatch(
    /cheerful-otter asks:.*[^#] Your order\n.*Which shirt\\u001b\[2J do you.*Size/s,
  );
  await typist.at("Size", "M", enter);
  expect(await answer).toEqual({ size: "M" });
});

it("what is refused is said and asked again, and the rest stays as it was", async () => {
  const answer = ask({
    type: "object",
    properties: {
      name: { type: "string" },
      email: { type: "string", format: "email" },
      lines: {
        type: "array",
        items: {
          type: "object",
          properties: { count: { type: "integer", minimum: 1 } },
          required: ["count"],
        },
      },
    },
    required: ["name", "email", "lines"],
  });
  await typist.at("Name", "Ada", enter);
  await typist.at("Email", "nobody", enter);
  await typist.at("Put an item into lines?", "y");
  await typist.at("Count (lines.0.count)", "0", enter);
  await typist.at("Put another item into lines?", "n");
  await typist.at("must be a valid e-mail address");
  await typist.at("Email", "\u0015", "ada@example.org", enter);
  await typist.at("Count (lines.0.count)", "\u007f", "2", enter);
  expect(await answer).toEqual({ name: "Ada", email: "ada@example.org", lines: [{ count: 2 }] });
  expect(sent).toHaveLength(2);
});

it("what the run's code refused before is asked again with what was answered then", async () => {
  const answer = ask(
    {
      type: "object",
      properties: { name: { type: "string" }, age: { type: "integer" } },
      required: ["name", "age"],
    },
    {
      refusedAnswer: { name: "Ada", age: 7 },
      refusedIssues: [{ path: ["age"], message: "must be an adult's" }],
    },
  );
  await typist.at("must be an adult's");
  await typist.at("Age", "\u007f", "36", enter);
  expect(await answer).toEqual({ name: "Ada", age: 36 });
});

it("one of several forms is chosen, what may be left out can be, and JSON is taken where nothing else will do", async () => {
  const answer = ask({
    type: "object",
    properties: {
      how: {
        anyOf: [
          {
            title: "Card",
            type: "object",
            properties: { kind: { const: "card" }, number: { type: "string", format: "password" } },
            required: ["kind", "number"],
          },
          { title: "Cash", type: "object", properties: { kind: { const: "cash" } }, required: ["kind"] },
        ],
      },
      limits: { type: "object", additionalProperties: { type: "number" } },
      free: {},
      pair: { type: "array", prefixItems: [{ type: "number" }, { type: "boolean" }], items: false },
    },
    required: ["how", "limits", "free"],
  });
  await typist.at("How", enter);
  await typist.at("Number (how.number)", "4711081547", enter);
  expect(typist.written).not.toContain("4711081547");
  await typist.at("A name in limits", "day", enter);
  await typist.at("Day (limits.day)", "many", enter);
  await typist.at("must be a number", "\u0015", "5", enter);
  await typist.at("A name in limits", enter);
  await typist.at("Free", "{oops", enter);
  await typist.at("is not JSON", "\u0015", "[1, null]", enter);
  await typist.at("Pair, optional", "n");
  expect(await answer).toEqual({
    how: { kind: "card", number: "4711081547" },
    limits: { day: 5 },
    free: [1, null],
  });
});

it("of a block only what has to be given and is not is asked for, and secrets are not shown", async () => {
  const schema: JsonSchema = {
    type: "object",
    properties: {
      url: { type: "string", format: "password", writeOnly: true },
      method: { enum: ["GET", "POST"] },
      login: { type: "object", properties: { user: { type: "string", minLength: 1 } }, required: ["user"] },
      note: { type: "string" },
    },
    required: ["url", "method", "login"],
  };
  const given = { method: "POST", login: {} };
  const questions = await Questions.open(typist.terminal);
  const data = askMissing(questions, schema, given, missing(schema, schema, given));
  await typist.at("Url", "s3cret", enter);
  await typist.at("User (login.user)", "ada", enter);
  expect(await data).toEqual({ method: "POST", login: { user: "ada" }, url: "s3cret" });
  expect(typist.written).not.toContain("s3cret");
});

it("whoever leaves with Ctrl-C has sent nothing", async () => {
  const answer = ask({ type: "object", properties: { name: { type: "string" } }, required: ["name"] });
  answer.catch(() => undefined);
  await typist.at("Name", "A", ctrlC);
  await expect(answer).rejects.toMatchObject({ message: "left: nothing was sent", exitCode: 130 });
  expect(sent).toEqual([]);
});

it("NO_COLOR is respected", async () => {
  process.env.NO_COLOR = "1";
  const answer = ask({ type: "object", properties: { name: { type: "string" } }, required: ["name"] });
  await typist.at("Name");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what colours begin with
  expect(typist.written).not.toMatch(/\u001b\[[\d;]*m/);
  await typist.at("Name", "Ada", enter);
  expect(await answer).toEqual({ name: "Ada" });
});
