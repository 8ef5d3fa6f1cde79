import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { patience } from "../examples/support/program.ts";
import { useServerProcess } from "../examples/support/server.ts";
import { until } from "../support/wire.ts";
import { Terminal } from "./support/terminal.ts";

// The post office and the generator of names are on this machine.
process.env.ANTIPHON_ALLOW_PRIVATE_ADDRESSES = "127.0.0.1";
const server = useServerProcess();
beforeAll(() => {
  process.env.ANTIPHON_API_URL = server.url;
});

/** An SMTP server, and the texts of its letters. */
async function postOffice(): Promise<{ letters: string[]; port: number }> {
  const letters: string[] = [];
  const office = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      let text = "";
      stream.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      stream.on("end", () => {
        letters.push(text.replaceAll("=\r\n", ""));
        done();
      });
    },
  });
  onTestFinished(() => new Promise<void>((closed) => office.close(closed)));
  await new Promise<void>((listening) => office.listen(0, "127.0.0.1", listening));
  return { letters, port: (office.server.address() as AddressInfo).port }; // it listens on TCP
}

/** What the guide's flow asks for names. */
async function generatorOfNames(): Promise<string> {
  const names = createServer((_, response) =>
    response.end(JSON.stringify({ results: [{ name: { title: "Ms", first: "Ada", last: "L" } }] })),
  );
  onTestFinished(() => new Promise<void>((closed) => void names.close(() => closed())));
  await new Promise<void>((listening) => names.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(names.address() as AddressInfo).port}/api/`; // it listens on TCP
}

it("a flow that is simply called completes, and a letter says so", { timeout: 4 * patience }, async () => {
  const { letters, port } = await postOffice();
  const terminal = new Terminal({
    "build-names.ts": `
import { flow, getRunLogger, task } from "antiphon";
import { z } from "zod";

const fetchRaw = task("fetch", async (url: string) => {
  const raw = await (await fetch(url)).json();
  getRunLogger().info(\`Raw response: \${JSON.stringify(raw)}\`);
  return raw as { results: { name: unknown }[] };
});
const clean = task("clean", (raw: { results: { name: unknown }[] }) => raw.results[0]?.name);

const buildNames = flow({ name: "build-names", parameters: z.object({ num: z.int().default(10) }) }, async ({ num }) => {
  const names: unknown[] = [];
  while (names.length < num) names.push(await clean(await fetchRaw(process.argv[2] ?? "")));
  getRunLogger().info(\`Built \${num} names\`);
  return names;
});
console.log((await buildNames({ num: 3 })).length);
`,
    "email.yaml": `host: 127.0.0.1
port: ${port}
security: none
from: antiphon@example.org
to: [ops@example.org]
`,
    "antiphon.yaml": `automations:
  - name: names are built
    trigger:
      expect: [prefect.flow-run.Completed]
      match: { prefect.resource.id: prefect.flow-run.* }
      match_related: { prefect.resource.role: flow, prefect.resource.name: build-names }
    actions:
      - type: send-notification
        block: email/ops
        subject: "{{ flow.name }} has built its names"
        body: |
          Flow run {{ flow_run.name }} of {{ flow.name }} entered state {{ flow_run.state.name }}.
          Flow id: {{ flow_run.flow_id }}
          Run id: {{ flow_run.id }}
          Message: {{ flow_run.state.message }}
          See {{ flow_run|ui_url }}
          Automation: {{ automation.name }}
          {% for label, value in event.resource %}{{ label }}: {{ value }}
          {% endfor %}
`,
  });
  await terminal.types("block", "save", "email/ops", "-f", "email.yaml");
  expect(await terminal.types("deploy")).toBe("names are built: created\n");
  const script = terminal.runs("build-names.ts", await generatorOfNames());
  await script.ends();
  expect(script.output).toContain("3\n");
  await until("a letter", () => letters.length > 0, patience);
  const [run] = JSON.parse(await terminal.types("run", "ls", "--flow", "build-names", "--json"));
  expect(letters).toHaveLength(1);
  expect(letters[0]).toContain("Subject: build-names has built its names");
  expect(letters[0]).toContain(`Flow run ${run.name} of build-names entered state Completed.`);
  expect(letters[0]).toContain(`Run id: ${run.id}`);
  expect(letters[0]).toContain(`prefect.resource.name: ${run.name}`);
});

it("woodchonk is created by a script, and read back by its id and by its name", {
  timeout: 2 * patience,
}, async () => {
  const terminal = new Terminal({
    "woodchonk.ts": `
import { Automation } from "antiphon";
const created = await new Automation({
  name: "woodchonk",
  trigger: {
    type: "event",
    expect: ["animal.walked"],
    match: { genus: "Marmota", species: "monax" },
    posture: "Reactive",
    threshold: 3,
    within: 10,
  },
  actions: [{ type: "cancel-flow-run" }],
}).create();
const byId = await Automation.read({ id: created.id ?? "" });
const byName = await Automation.read({ name: "woodchonk" });
console.log(JSON.stringify([created, byId, byName].map(({ id, name, enabled }) => ({ id, name, enabled }))));
`,
  });
  const script = terminal.runs("woodchonk.ts");
  await script.ends();
  const [created, ...read] = JSON.parse(script.output) as { id: string }[];
  expect(created).toMatchObject({ name: "woodchonk", enabled: true });
  expect(read).toEqual([created, created]);
  expect(await terminal.types("automation", "ls")).toMatch(
    new RegExp(`woodchonk .*cancel flow run.*${created?.id}`),
  );
});
