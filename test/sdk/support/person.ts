import { ask, patience, until } from "../../support/wire.ts";

/** For what a run is to come to, which may have to start processes. Milliseconds. */
const startPatience = 2 * patience;

/** What a run looks like from outside. */
export interface RunSeen {
  id: string;
  state: { type: string; name: string; message: string | null };
  stateHistory: { type: string; name: string }[];
  runCount: number;
  pause: { key: string } | null;
  awaitedInput: {
    key: string;
    inputType: string;
    schema: unknown;
    description: string | null;
    liveValidation: boolean;
    refusedAnswer: unknown;
    refusedIssues: { path: string[]; message: string }[];
  } | null;
  inputs: {
    nodes: {
      id: string;
      key: string;
      kind: string;
      value: unknown;
      sender: string | null;
      status: string;
      inReplyTo: string | null;
    }[];
  };
  inputChannels: { inputType: string; keyPrefix: string | null; listening: boolean; pending: number }[];
  logs: { nodes: { level: number; message: string; loggerName: string }[] };
  flow: { name: string };
  parent: { id: string } | null;
}

const parts = `id runCount flow { name } parent { id }
  state { type name message } stateHistory { type name }
  pause { key }
  awaitedInput { key inputType schema description liveValidation refusedAnswer refusedIssues { path message } }
  inputs(first: 500) { nodes { id key kind value sender status inReplyTo } }
  inputChannels { inputType keyPrefix listening pending }
  logs(first: 500) { nodes { level message loggerName } }`;

/** A result of a mutation, with what it may hold. */
export interface Result {
  __typename: string;
  id?: string;
  key?: string;
  message?: string;
  code?: string;
  issues?: { path: string[]; message: string }[];
  state?: { type: string; name: string };
  listening?: boolean;
}

const refusals = `... on Error { message } ... on InvalidInputError { issues { path message } }`;
const conflict = "... on StateConflictError { code conflicting: state { type name } }";

/** Somebody outside who uses the API: over HTTP, one request each. */
export class Person {
  constructor(readonly url: () => string) {}

  async read(id: string): Promise<RunSeen> {
    const data = await this.#ask(`query ($id: ID!) { flowRun(id: $id) { ${parts} } }`, { id });
    return data.flowRun as RunSeen; // what the document asks for
  }

  /** The runs of a flow, newest first. */
  async runsOf(flowName: string): Promise<RunSeen[]> {
    const query = `query ($flow: String!) { flowRuns(filter: { flowNames: [$flow] }) { nodes { ${parts} } } }`;
    const data = await this.#ask(query, { flow: flowName });
    return (data.flowRuns as { nodes: RunSeen[] }).nodes; // what the document asks for
  }

  /** The one run of a flow, once it is in a state of this name. */
  async runIn(flowName: string, state: string, milliseconds = startPatience): Promise<RunSeen> {
    let found: RunSeen | undefined;
    const isSo = async () => {
      found = (await this.runsOf(flowName)).find((run) => run.state.name === state);
      return found !== undefined;
    };
    await until(`a run of ${flowName} is ${state}`, isSo, milliseconds).catch(async (error) => {
      const states = (await this.runsOf(flowName)).map(
        (run) => `${run.state.name} ${run.state.message ?? ""}`,
      );
      throw new Error(`${error.message}; there are: ${states.join(", ")}`);
    });
    if (!found) throw new Error("found and lost");
    return found;
  }

  /** The run once it is in a state of this name. */
  async until(id: string, state: string, milliseconds = startPatience): Promise<RunSeen> {
    let seen = await this.read(id);
    const isSo = async () => {
      seen = await this.read(id);
      return seen.state.name === state;
    };
    await until(`the run is ${state}`, isSo, milliseconds).catch((error) => {
      throw new Error(`${error.message}; it is ${seen.state.name}: ${seen.state.message}`);
    });
    return seen;
  }

  /** The run once it waits for an asking of this key. */
  async untilAsked(id: string, key: string): Promise<RunSeen> {
    let seen = await this.read(id);
    const isSo = async () => {
      seen = await this.read(id);
      return seen.pause?.key === key && seen.state.type === "PAUSED";
    };
    await until(`the run asks ${key}`, isSo, startPatience);
    return seen;
  }

  resume(id: string, input?: unknown, key?: string): Promise<Result> {
    return this.#mutate(
      "resume",
      "$id: ID!, $input: JSON, $key: String",
      "flowRunId: $id, input: $input, key: $key",
      {
        id,
        key,
        ...(input === undefined ? {} : { input }),
      },
    );
  }

  send(id: string, value: unknown, options: { inputType?: string; sender?: string } = {}): Promise<Result> {
    return this.#mutate(
      "sendInput",
      "$id: ID!, $value: JSON, $inputType: String, $sender: String",
      "flowRunId: $id, value: $value, inputType: $inputType, sender: $sender",
      { id, value, ...options },
    );
  }

  cancel(id: string): Promise<Result> {
    return this.#mutate("cancel", "$id: ID!", "flowRunId: $id", { id });
  }

  async delete(id: string): Promise<void> {
    await this.#ask("mutation ($id: ID!) { deleteFlowRun(flowRunId: $id) }", { id });
  }

  suspend(id: string): Promise<Result> {
    return this.#mutate("suspend", "$id: ID!", "flowRunId: $id", { id });
  }

  retry(id: string): Promise<Result> {
    return this.#mutate("retry", "$id: ID!", "flowRunId: $id", { id });
  }

  run(deployment: string, parameters: unknown = {}): Promise<Result> {
    return this.#mutate(
      "runDeployment",
      "$deployment: String!, $parameters: JSON",
      "deployment: $deployment, parameters: $parameters",
      { deployment, parameters },
    );
  }

  async #mutate(
    field: string,
    declared: string,
    given: string,
    variables: Record<string, unknown>,
  ): Promise<Result> {
    const own =
      field === "sendInput"
        ? "... on RunInput { id key listening }"
        : "... on FlowRun { id state { type name } }";
    const query = `mutation (${declared}) { ${field}(${given}) { __typename ${own} ${refusals} ${field === "runDeployment" ? "" : conflict} } }`;
    return (await this.#ask(query, variables))[field] as Result; // what the document asks for
  }

  async #ask(query: string, variables: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { data, errors } = await ask(this.url(), query, variables);
    if (errors || !data) throw new Error(errors?.map((error) => error.message).join("; ") ?? "no data");
    return data;
  }
}
