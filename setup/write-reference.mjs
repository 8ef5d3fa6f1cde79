import { prepare } from "./prepare.mjs";
import { writeReference } from "./reference.mjs";
import { command } from "./say.mjs";

await command(async () => {
  await prepare(["codegen"]);
  await writeReference();
});
