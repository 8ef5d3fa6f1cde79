import { fuzzTemplates } from "../support/fuzz-templates.ts";
import { patientTemplates } from "../support/templates.ts";

const [count = "100000", given] = process.argv.slice(2);
const seed = given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given);
console.log(`${count} templates from the seed ${seed} (npm run fuzz -- ${count} ${seed} repeats them)`);
const begun = performance.now();
const templates = patientTemplates();
const { rendered, refused, wrong } = await fuzzTemplates(templates, Number(count), seed);
await templates.close();
for (const { source, what } of wrong) console.log(`${JSON.stringify(source)}: ${what}`);
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
console.log(`${rendered} rendered, ${refused} refused, ${wrong.length} wrong, in ${seconds} s`);
process.exit(wrong.length > 0 ? 1 : 0);
