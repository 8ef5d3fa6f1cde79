import { readFileSync } from "node:fs";

/** What all scenarios have. */
export interface Scenario {
  readonly name: string;
  /** What it shows. */
  readonly why: string;
  /** Derived from documentation only: reported, and no reason to fail. */
  readonly uncertain?: true;
}

/** The scenarios of a group. The file is data of ours, so its form is taken on trust. */
export function scenarios<S extends Scenario>(group: string): S[] {
  return JSON.parse(readFileSync(new URL(`${group}.json`, import.meta.url), "utf8")) as S[];
}
