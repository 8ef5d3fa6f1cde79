import { prepare } from "./prepare.mjs";
import { command } from "./say.mjs";
import { writeSchema } from "./schema.mjs";

await command(async () => {
  await prepare(["prisma"]);
  await writeSchema();
  await prepare(["codegen"]);
});
