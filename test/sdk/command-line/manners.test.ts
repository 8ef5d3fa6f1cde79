import { spawn } from "node:child_process";
import path from "node:path";
import { afterEach, expect, it, onTestFinished } from "vitest";
import { rowsText, table } from "../../../sdk/cli/text/table.ts";
import { lengthText } from "../../../sdk/cli/text/time.ts";
import { antiphonCommand } from "../support/command.ts";
import { runHere } from "../support/run-here.ts";

const script = path.join(import.meta.dirname, "../../../sdk/bin/antiphon.mjs");

it("help comes with the code 0, a wrong call with 2 and where help is", async () => {
  expect(await antiphonCommand(["--help"])).toMatchObject({ code: 0, err: "" });
  for (const [args, says] of [
    [[], "Usage: antiphon"],
    [["run"], "Usage: antiphon run"],
    [["rnu"], "error: unknown command 'rnu'\n(Did you mean run?)\n(antiphon --help shows what there is)"],
    [["run", "inspect"], "missing required argument 'run'\n(antiphon run inspect --help shows how)"],
    [["run", "ls", "--colour"], "error: unknown option '--colour'"],
    [
      ["work-pool", "update", "local"],
      "nothing is to be changed: give --description, --concurrency-limit or",
    ],
    [
      ["work-queue", "update", "local/default"],
      "nothing is to be changed: give --description, --priority or",
    ],
    [["webhook", "update", "pushes"], "nothing is to be changed: give --name, --template or another option"],
  ] as const) {
    const { code, out, err } = await runHere(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(says);
  }
});

it("commands are in groups, and tell of their options without what all have", async () => {
  const { out } = await runHere(["--help"]);
  const groups = [...out.matchAll(/^([A-Z].*):$/gm)].map(([, name]) => name);
  expect(groups).toEqual([
    "Options",
    "Runs and what they ask for",
    "Deployments and work",
    "Events and automations",
    "Settings",
  ]);
  expect((await runHere(["run", "--help"])).out).toMatch(/^ {2}inspect <run> +Show one run/m);
});

it("a reader that has seen enough ends the command without a complaint", async () => {
  const child = spawn(process.execPath, [script, "--help"], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let err = "";
  child.stderr.on("data", (text) => {
    err += text;
  });
  child.stdout.destroy();
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(0);
  expect(err).toBe("");
});

const noColour = process.env.NO_COLOR;
const isTTY = process.stdout.isTTY;
afterEach(() => {
  process.stdout.isTTY = isTTY;
  if (noColour === undefined) delete process.env.NO_COLOR;
  else process.env.NO_COLOR = noColour;
});

it("colours are for terminals, and NO_COLOR takes them away", () => {
  const columns = [{ title: "STATE", of: (state: string) => state, style: () => "red" as const }];
  delete process.env.NO_COLOR;
  process.stdout.isTTY = false;
  expect(table(columns, ["Failed"], 80)).toBe("STATE\nFailed");
  process.stdout.isTTY = true;
  expect(table(columns, ["Failed"], 80)).toContain("\u001b[31mFailed\u001b[39m");
  process.env.NO_COLOR = "1";
  expect(table(columns, ["Failed"], 80)).toBe("STATE\nFailed");
});

it("where a terminal is too narrow for a table, each row stands on lines of its own", () => {
  const columns = [
    { title: "NAME", of: ([name]: string[]) => name ?? "" },
    { title: "WHAT", of: ([, what]: string[]) => what ?? "" },
  ];
  expect(
    rowsText(
      columns,
      [
        ["a", "what it is"],
        ["b", ""],
      ],
      10,
    ),
  ).toBe("a\n  what it is\nb");
});

it("lengths of time are told by their two largest units", () => {
  expect([0.04, 9.96, 61, 3_600, 90_061].map(lengthText)).toEqual([
    "0 s",
    "10 s",
    "1 m 1 s",
    "1 h",
    "1 d 1 h",
  ]);
});
