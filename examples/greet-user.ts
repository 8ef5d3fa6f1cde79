/**
 * Three ways to ask, from the shortest to the one that says most.
 *
 *   npm run example -- greet-user string     a form of one field, named `value`
 *   npm run example -- greet-user schema     a form with the fields of a Zod schema
 *   npm run example -- greet-user class      with a description and a name filled in
 */
import { flow, getRunLogger, pauseFlowRun, RunInput } from "antiphon";
import { z } from "zod";
import "./support/plain-errors.ts";

const greetByName = flow("greet-by-name", async () => {
  const name = await pauseFlowRun({ waitForInput: z.string() });
  getRunLogger().info(`Hello, ${name}!`);
});

const User = z.object({
  name: z.string(),
  age: z.int().min(0).meta({ title: "Age in years" }),
});

const greetUser = flow("greet-user", async () => {
  const user = await pauseFlowRun({ waitForInput: User });
  getRunLogger().info(`Hello, ${user.name}! You will be ${user.age + 1} next.`);
});

class Visitor extends RunInput(User) {
  get greeting(): string {
    return this.name === "anonymous" ? "Hello, stranger!" : `Hello, ${this.name}!`;
  }
}

const greetVisitor = flow("greet-visitor", async () => {
  const today = new Date().toLocaleDateString("en", { dateStyle: "full" });
  const description = `**Welcome!** Today is ${today}.\n\n1. Say who you are, or stay *anonymous*.\n2. Tell us your age.`;
  const visitor = await pauseFlowRun({
    waitForInput: Visitor.withInitialData({ name: "anonymous" }, { description }),
  });
  getRunLogger().info(visitor.greeting);
});

switch (process.argv[2]) {
  case "string":
    await greetByName();
    break;
  case "schema":
    await greetUser();
    break;
  case "class":
  case undefined:
    await greetVisitor();
    break;
  default:
    console.error(`greet-user asks for a string, a schema or a class, not ${process.argv[2]}`);
    process.exitCode = 1;
}
