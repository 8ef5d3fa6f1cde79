/** One problem of a value. `path` leads to it, outermost first; it is empty for the value itself. */
export interface InputIssue {
  path: ReadonlyArray<PropertyKey>;
  message: string;
}

/** A value that its type refused: by its JSON Schema, or by the Zod schema (then `issues` are Zod's). */
export class InputValidationError extends Error {
  override readonly name: string = "InputValidationError";
  /** The value as it was given. */
  readonly input: unknown;
  readonly issues: ReadonlyArray<InputIssue>;
  constructor(message: string, facts: { input: unknown; issues: ReadonlyArray<InputIssue> }) {
    super(message);
    this.input = facts.input;
    this.issues = facts.issues;
  }

  /** The error of a refusal of `what`, whose message lists the issues. */
  static of(what: string, input: unknown, issues: ReadonlyArray<InputIssue>): InputValidationError {
    // A class that names itself inside is given another name by bundlers, and its errors would show that.
    return new this(`${what} was refused: ${issueText(issues)}`, { input, issues });
  }
}

/** The issues as one line, each with its path. */
function issueText(issues: ReadonlyArray<InputIssue>): string {
  return issues
    .map((issue) =>
      issue.path.length ? `${issue.path.map(String).join(".")}: ${issue.message}` : issue.message,
    )
    .join("; ");
}

/** A part of the schema has no JSON Schema, so nobody could be asked for it. */
export class UnrepresentableInputType extends Error {
  override readonly name: string = "UnrepresentableInputType";
  constructor(
    message: string,
    /** Where in the type; `[]` is the item of an array, `{}` a value of a record, a number the place in a tuple. */
    readonly path: ReadonlyArray<PropertyKey>,
  ) {
    super(message);
  }
}

/** A value was sent without a type, and it is none of string, number, boolean and null, whose types are known. */
export class InputTypeRequired extends Error {
  override readonly name: string = "InputTypeRequired";
}

/** Two types of different shapes go by one name in this process. */
export class InputTypeConflict extends Error {
  override readonly name: string = "InputTypeConflict";
  constructor(readonly inputType: string) {
    super(
      `two different types are named ${JSON.stringify(inputType)} in this process, so their inputs would be mixed up: ` +
        "give one of them another name",
    );
  }
}

/** The definition of an input type cannot be used: its name, one of its fields, or what it is made of. */
export class UnsuitableInputType extends Error {
  override readonly name: string = "UnsuitableInputType";
}
