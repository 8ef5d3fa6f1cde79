import { prepare } from "./prepare.mjs";
import { command } from "./say.mjs";

await command(() => prepare(["server", "sdk", "web"]));
