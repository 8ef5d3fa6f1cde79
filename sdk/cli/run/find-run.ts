import { isId } from "../../../core/id.ts";
import { ListRunsDocument, ReadRunDocument, type RunRowFragment } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";

/** How many runs are told where a name is that of several. */
const shown = 10;

/** The run that a command names: by its id, or by its name where only one run has it. */
export async function findRun(given: string): Promise<RunRowFragment> {
  if (isId(given)) {
    const { flowRun } = await request(ReadRunDocument, { id: given });
    if (flowRun) return flowRun;
    throw new Failure(`there is no run ${given}: \`antiphon run ls\` lists all`);
  }
  const { flowRuns } = await request(ListRunsDocument, { filter: { nameLike: given }, first: 500 });
  const [found, ...others] = flowRuns.nodes.filter(({ name }) => name === given);
  if (!found) {
    throw new Failure(`there is no run of the name ${JSON.stringify(given)}: \`antiphon run ls\` lists all`);
  }
  if (others.length === 0) return found;
  const lines = [found, ...others].slice(0, shown).map(({ id, state }) => `  ${id}  ${state.name}`);
  const more = others.length < shown ? "" : "\n  …";
  throw new Failure(
    `${others.length + 1} runs have the name ${JSON.stringify(given)}; give the id of one of them:\n${lines.join("\n")}${more}`,
  );
}
