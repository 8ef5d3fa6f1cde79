import { watchParent } from "../../server/parent-watch.ts";

watchParent(() => process.exit(0));
setInterval(() => undefined, 60_000);
console.log(process.pid);
