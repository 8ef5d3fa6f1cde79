import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest: they begin first, so that in the end nobody waits for one of them alone. */
const longest = [
  "wire/checker",
  "sdk/serve",
  "web/browser/resume-form",
  "server/evaluator/crash",
  "web/browser/run-page",
  "sdk/killed-receiver",
  "examples/greeter",
  "web/browser/automation-editor",
  "sdk/suspend",
  "guide/deployments",
  "web/browser/automations",
  "sdk/called",
  "web/browser/events",
  "sdk/command-line/deployment",
  "sdk/triggers",
  "sdk/command-line/deploy",
  "web/browser/work",
  "sdk/client",
  "server/postgres-embedded",
  "web/browser/webhooks",
  "sdk/run-deployment",
  "sdk/worker/worker",
  "web/browser/deployments",
  "web/browser/every-field",
  "web/browser/blocks",
  "sdk/package",
  "sdk/command-line/settings",
].map((name) => `/test/${name}.test.ts`);

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(name));
      return at < 0 ? longest.length : at;
    };
    // A process that takes one file after another ends where the next file is to be alone in its own.
    const alone = ({ project }: TestSpecification) => (project.config.isolate ? 0 : 1);
    return (await super.sort(files)).toSorted(
      (one, other) => place(one) - place(other) || alone(one) - alone(other),
    );
  }
}
