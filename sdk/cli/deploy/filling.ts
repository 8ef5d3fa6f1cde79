import { placeText } from "../../../core/document/place-text.ts";
import type { Given, Reading } from "../../../core/document/reading.ts";
import type { Issue } from "../../../core/error.ts";
import { fillIn, valuesWanted, type Zone } from "../../deployment-file/fill-in.ts";
import { DeployValues } from "./deploy-values.ts";

/** Fills in what is known at deploy time, and notes what is not. */
export class Filling {
  readonly #values = new DeployValues();
  readonly #failed: Issue[] = [];

  constructor(private readonly reading: Reading) {}

  async fill(given: Given, zone: Zone): Promise<Given> {
    await this.#values.load(valuesWanted(given.value, zone));
    const { value, issues } = fillIn(given.value, zone, given.path, this.#values.find);
    for (const { path, message } of issues)
      this.#failed.push({ path, message: `${placeText(path)}: ${message}` });
    return { value, path: given.path };
  }

  /** Every problem: what could not be filled in, and what was noted at other places. */
  get issues(): Issue[] {
    const places = this.#failed.map(({ path }) => path);
    const isAt = (path: readonly string[], place: readonly string[]) =>
      place.every((name, at) => path[at] === name);
    const others = this.reading.issues.filter(({ path }) => !places.some((place) => isAt(path, place)));
    return [...this.#failed, ...others];
  }
}
