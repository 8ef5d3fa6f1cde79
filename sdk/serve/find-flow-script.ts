import { madeFlows } from "./assignment.ts";

/**
 * The text of a module that loads another one, finds a flow in it and takes the run that is assigned to the process. It is
 * found by the name of its export, else by its own name, be it exported or not. The module may have another version of the SDK
 * than this one, so it is asked by its shape only.
 *
 * @param url of what Node can import
 * @param file what it is called in messages
 */
export function flowScript(url: string, name: string, file: string): string {
  return `
    const found = await import(${JSON.stringify(url)});
    ${findFlowScript(name)}
    if (flow === undefined) {
      const names = [...new Set(flows.map(({ name }) => name))].join(", ");
      throw new Error(${JSON.stringify(`${file} has no flow ${name}`)} + (names === "" ? "" : "; it has " + names));
    }
    await flow.serve();`;
}

/** The part that finds the flow in the module \`found\`: it makes \`flow\`, undefined where there is none, and \`flows\`, all of them. */
export function findFlowScript(name: string): string {
  const wanted = JSON.stringify(name);
  return `
    const isFlow = (value) => typeof value === "function" && typeof value.serve === "function";
    const exported = { ...found.default, ...found };
    const flows = [...Object.values(exported), ...(globalThis[Symbol.for(${JSON.stringify(madeFlows)})] ?? [])].filter(isFlow);
    const flow = isFlow(exported[${wanted}]) ? exported[${wanted}] : flows.find(({ name }) => name === ${wanted});`;
}
