import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, it } from "vitest";
import { parse } from "yaml";
import { planOf } from "../../../sdk/cli/deploy/plan.ts";
import { offerToSave } from "../../../sdk/cli/deploy/save.ts";
import { readSource } from "../../../sdk/cli/deploy/source.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { DeployFolder } from "../support/deploy-folder.ts";
import { deleteDeployments, flows } from "../support/deployed.ts";

useAntiphon();
beforeEach(deleteDeployments);

const written = `# what runs at night
deployments:
- name: nightly # the first
  entrypoint: flows.ts:buildNames
  parameters:
    num: 3 # three
    # of all
  schedule:
    cron: "0 1 * * *"
  triggers: []
- name: other
  entrypoint: flows.ts:buildNames
  description: "{{ $HOME }}"
`;

const folder = (files: Record<string, string>) => new DeployFolder({ "flows.ts": flows, ...files });
const textOf = (project: DeployFolder) => readFileSync(path.join(project.folder, "antiphon.yaml"), "utf8");

it("actions 4.4: the triggers actually used are saved with the other options, and nothing else of the file changes", async () => {
  const project = folder({ "antiphon.yaml": written });
  const trigger = { expect: ["order.paid"], parameters: { num: "{{ event.payload.count }}" } };
  const options = [
    ...["-n", "nightly", "--trigger", JSON.stringify(trigger), "--cron", "0 3 * * *", "--param", "num=5"],
    ...["--tag", "a", "--tag", "b"],
  ];
  const saved = await project.antiphon("deploy", ...options, "--save");
  expect(saved).toMatchObject({ code: 0, err: "" });
  expect(saved.out).toMatch(/nightly: created [\s\S]*\nSaved in antiphon.yaml.\n$/);
  expect(textOf(project)).toBe(`# what runs at night
deployments:
- name: nightly # the first
  entrypoint: flows.ts:buildNames
  parameters:
    num: 5 # three
    # of all
  triggers:
  - expect:
    - order.paid
    parameters:
      num: "{{ event.payload.count }}"
  tags:
  - a
  - b
  schedules:
  - cron: 0 3 * * *
- name: other
  entrypoint: flows.ts:buildNames
  description: "{{ $HOME }}"
`);
  // The file alone does the same from then on, and there is nothing more to save.
  expect((await project.antiphon("deploy", "-n", "nightly")).out).toMatch(/nightly: unchanged/);
  expect((await project.antiphon("deploy", ...options, "--save")).out).not.toContain("Saved");
});

it("a new deployment is added to the file, or begins one", async () => {
  const project = folder({ "antiphon.yaml": written });
  const options = ["flows.ts:buildNames", "-n", "third", "--param", "num=1", "--save"];
  expect(await project.antiphon("deploy", ...options)).toMatchObject({ code: 0 });
  const third = { name: "third", entrypoint: "flows.ts:buildNames", parameters: { num: 1 } };
  expect(parse(textOf(project)).deployments).toMatchObject([{ name: "nightly" }, { name: "other" }, third]);
  expect(textOf(project).startsWith(written)).toBe(true);

  const empty = folder({});
  expect(await empty.antiphon("deploy", ...options)).toMatchObject({ code: 0 });
  expect(parse(textOf(empty))).toEqual({ deployments: [third] });
});

it("what would mean something else in the file is deployed, and not saved", async () => {
  const project = folder({ "antiphon.yaml": written });
  const filled = await project.antiphon("deploy", "-n", "nightly", "-d", "{{ $HOME }}", "--save");
  expect(filled).toMatchObject({ code: 1, out: expect.stringContaining("nightly: created") });
  expect(filled.err).toContain("not saved in antiphon.yaml: a file that says the same cannot be written");
  expect(textOf(project)).toBe(written);

  const anchors = written
    .replace("parameters:\n", "parameters: &all\n")
    .replace('description: "{{ $HOME }}"', "parameters: *all");
  const shared = folder({ "antiphon.yaml": anchors });
  const refused = await shared.antiphon("deploy", "-n", "nightly", "--param", "num=5", "--save");
  expect(refused.err).toContain("not saved in antiphon.yaml: other parts of it share what would change");
  expect(textOf(shared)).toBe(anchors);
});

it("nothing is saved unasked, and on a terminal only what somebody agrees to", async () => {
  const project = folder({ "antiphon.yaml": written });
  expect((await project.antiphon("deploy", "-n", "nightly", "--param", "num=5")).code).toBe(0);
  expect(textOf(project)).toBe(written);

  const asked: string[] = [];
  const deploying = async (options: { param?: string[]; save?: boolean }, answer: boolean) => {
    const source = await readSource(path.join(project.folder, "antiphon.yaml"));
    const given = { name: ["nightly"], triggers: true, ...options };
    const { deployments } = await planOf(source, undefined, given);
    await offerToSave(source, undefined, given, deployments, async (question) => {
      asked.push(question);
      return answer;
    });
  };
  await deploying({}, true);
  await deploying({ param: ["num=5"], save: false }, true);
  expect(asked).toEqual([]);
  await deploying({ param: ["num=5"] }, false);
  expect(textOf(project)).toBe(written);
  await deploying({ param: ["num=5"] }, true);
  expect(textOf(project)).toBe(written.replace("num: 3", "num: 5"));
  expect(asked).toHaveLength(2);
  expect(asked[0]).toMatch(/^Save these options in .*antiphon\.yaml\?$/);
  expect(existsSync(path.join(project.folder, "prefect.yaml"))).toBe(false);
});
