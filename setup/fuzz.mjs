import { prepare } from "./prepare.mjs";
import { run } from "./run.mjs";
import { command } from "./say.mjs";

await command(async () => {
  await prepare(["templates"]);
  const args = ["--import", import.meta.resolve("tsx"), "test/fuzz/templates.ts", ...process.argv.slice(2)];
  const { code } = await run(process.execPath, args, { show: true });
  process.exit(code);
});
