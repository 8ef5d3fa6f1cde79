import { runScript } from "./run-script.mjs";
import { command } from "./say.mjs";

await command(() => runScript({ folder: "examples", usage: "npm run example -- NAME", needs: ["sdk"] }));
