import { runScript } from "./run-script.mjs";
import { command } from "./say.mjs";

await command(() => runScript({ folder: "bench", usage: "npm run bench -- NAME", needs: ["server", "sdk"] }));
