import { type FormValue, toSend } from "../../../core/form/value.ts";
import type { Json } from "../../../core/json.ts";
import { Failure } from "../failure.ts";
import { askAgain } from "../prompt/ask-again.ts";
import { askValue } from "../prompt/ask-value.ts";
import { Questions, type Terminal } from "../prompt/questions.ts";
import { timeText } from "../text/time.ts";
import type { Question, Sent } from "./resume.ts";

/** Asks a person for an answer, field by field, and once more for each field that is refused. @returns what was taken */
export async function askPerson(
  name: string,
  { description, schema, refusedAnswer, refusedIssues }: Question,
  expiresAt: string | null,
  send: (answer: FormValue) => Promise<Sent>,
  terminal?: Terminal,
): Promise<Json | undefined> {
  const questions = await Questions.open(terminal);
  questions.say(`${name} asks${expiresAt ? ` (until ${timeText(expiresAt)})` : ""}:`);
  if (description) questions.explain(description);
  const whole = { schema, name: "", required: true };
  // What was refused before is asked for again with what was answered then. It is JSON, as it was stored.
  let answer =
    refusedIssues.length > 0
      ? await askAgain(questions, schema, refusedAnswer as FormValue, refusedIssues)
      : await askValue(questions, schema, whole);
  for (;;) {
    const sent = await send(toSend(answer));
    if (sent.ok) return toSend(answer);
    if (sent.issues.length === 0) throw new Failure(sent.text);
    answer = await askAgain(questions, schema, answer, sent.issues);
  }
}
