import { isPlainObject, type Json, toJson } from "../../../core/json.ts";
import type { DeployValue } from "../../deployment-file/expression.ts";
import { keyOf } from "../../deployment-file/expression.ts";
import type { Found } from "../../deployment-file/fill-in.ts";
import { DeployBlockDocument, DeployVariablesDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";

/** What the server shows in a secret's place. */
const mask = "********";

/** The values of deploy-time expressions: of the environment, and of the server, which is asked for what is needed only. */
export class DeployValues {
  readonly #found = new Map<string, Found>();
  #variables: Map<string, { value: Json; secret: boolean }> | null = null;

  /** Looks these up; from then on `find` knows them. */
  async load(wanted: readonly DeployValue[]): Promise<void> {
    for (const value of wanted)
      if (!this.#found.has(keyOf(value))) this.#found.set(keyOf(value), await this.#lookUp(value));
  }

  find = (value: DeployValue): Found => {
    const found = this.#found.get(keyOf(value));
    if (found === undefined) throw new Error(`${keyOf(value)} was not looked up`);
    return found;
  };

  async #lookUp(value: DeployValue): Promise<Found> {
    switch (value.kind) {
      case "environment": {
        const text = process.env[value.name];
        return text === undefined
          ? { problem: `$${value.name} is not set in the environment` }
          : { value: text };
      }
      case "variable": {
        const known = await this.#knownVariables();
        const found = known.get(value.name);
        if (found === undefined) return { problem: `there is no variable ${JSON.stringify(value.name)}` };
        const what = `the variable ${JSON.stringify(value.name)}`;
        if (found.secret)
          return {
            problem: `${what} is secret: the server keeps it to itself. In parameters, an object of the kind workspace_variable takes it in when a run is made`,
          };
        return inside(found.value, value.path, what);
      }
      case "block": {
        const what = `the block ${value.type}/${value.name}`;
        const { block } = await request(DeployBlockDocument, { type: value.type, name: value.name });
        if (!block) return { problem: `there is no block ${value.type}/${value.name}` };
        const found = inside(json(block.data), value.path, what);
        if ("value" in found && JSON.stringify(found.value).includes(mask))
          return { problem: `${[what, ...value.path].join(".")} is secret: the server keeps it to itself` };
        return found;
      }
    }
  }

  async #knownVariables(): Promise<Map<string, { value: Json; secret: boolean }>> {
    if (this.#variables === null) {
      const { variables } = await request(DeployVariablesDocument, {});
      this.#variables = new Map(
        variables.map(({ name, value, secret }) => [name, { value: json(value), secret }]),
      );
    }
    return this.#variables;
  }
}

function json(value: unknown): Json {
  const found = toJson(value);
  return found.ok ? found.value : null;
}

function inside(value: Json, path: readonly string[], what: string): Found {
  let at = value;
  for (const [depth, name] of path.entries()) {
    const next: Json | undefined = Array.isArray(at)
      ? at[Number(name)]
      : isPlainObject(at) && Object.hasOwn(at, name)
        ? at[name]
        : undefined;
    if (next === undefined) return { problem: `${[what, ...path.slice(0, depth)].join(".")} has no ${name}` };
    at = next;
  }
  return { value: at };
}
