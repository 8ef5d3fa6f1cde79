import { suggestion } from "../../../core/document/nearest.ts";
import type { Given } from "../../../core/document/reading.ts";
import { isPlainObject } from "../../../core/json.ts";
import { nameOf } from "../../deployment-file/read-file.ts";
import { Failure, UsageError } from "../failure.ts";

interface Wish {
  /** Of `-n`; `*` stands for any characters. */
  names: readonly string[];
  all: boolean;
  entrypoint: string | undefined;
  /** As it is called in messages; null where there is none. */
  file: string | null;
}

/**
 * Which deployments of a file are meant: those of `-n`, all with `--all`, the only one where there is one. With an entry point
 * it is the one that has it; a name that the file does not have is a new deployment then.
 */
export function choose(deployments: readonly Given[], wish: Wish): Given[] {
  const { names, all, entrypoint, file } = wish;
  if (all && names.length > 0) throw new UsageError("give --all or -n, not both");
  if (entrypoint !== undefined) return [ofEntrypoint(deployments, entrypoint, wish)];
  if (names.length > 0) return named(deployments, wish);
  if (file === null)
    throw new Failure(
      "there is no antiphon.yaml and no prefect.yaml here: write one, name it with --file, or give an entry point, as in `antiphon deploy flows.ts:myFlow -n my-deployment`",
    );
  if (all || deployments.length <= 1) return [...deployments];
  const known = deployments.map((given) => nameOf(given) ?? "one without a name").join(", ");
  throw new UsageError(
    `${file} has ${deployments.length} deployments (${known}): say which with -n NAME, or --all`,
  );
}

function ofEntrypoint(deployments: readonly Given[], entrypoint: string, { names, all }: Wish): Given {
  const [name, ...more] = names;
  if (all || more.length > 0)
    throw new UsageError(`${entrypoint} is the entry point of one deployment: give one -n`);
  const found = deployments.filter((given) =>
    name === undefined
      ? isPlainObject(given.value) && given.value.entrypoint === entrypoint
      : nameOf(given) === name,
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (name !== undefined) return { value: { name }, path: [] };
  throw new UsageError(`name the deployment of ${entrypoint} with -n`);
}

function named(deployments: readonly Given[], { names, file }: Wish): Given[] {
  const fits = (given: Given, wanted: string) => isMeant(nameOf(given), wanted);
  for (const wanted of names) {
    if (deployments.some((given) => fits(given, wanted))) continue;
    const known = deployments.flatMap((given) => nameOf(given) ?? []);
    const where =
      file === null ? "there is no antiphon.yaml and no prefect.yaml here" : `${file} has no such deployment`;
    throw new Failure(
      `-n ${JSON.stringify(wanted)}: ${where}${known.length > 0 ? suggestion(wanted, known) : ""}`,
    );
  }
  return deployments.filter((given) => names.some((wanted) => fits(given, wanted)));
}

function isMeant(name: string | null, wanted: string): boolean {
  if (name === null) return false;
  const parts = wanted.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "su").test(name);
}
