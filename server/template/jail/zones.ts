import { TemplateError } from "./template-error.ts";
import { Moment } from "./values.ts";

/** From when on a zone has an offset (minutes east) and a short name; the earliest first. */
export type ZoneSpans = readonly (readonly [from: number, offset: number, name: string])[];

/** A render needs a zone that it was not given: whoever asked for it gives the zone and renders again. */
export class ZoneNeeded extends Error {
  readonly zone: string;

  constructor(zone: string) {
    super("a time zone is needed");
    this.zone = zone;
  }
}

let known: Readonly<Record<string, ZoneSpans | null>> = Object.create(null);

/** What zones the render knows; null for those that do not exist. */
export function setZones(zones: Readonly<Record<string, ZoneSpans | null>>): void {
  known = zones;
}

/** The same point in time as it is shown in a zone. */
export function inZone(moment: Moment, zone: string): Moment {
  if (zone === "UTC") return new Moment(moment.time);
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,50}$/.test(zone)) throw unknown(zone);
  const spans = known[zone];
  if (spans === undefined) throw new ZoneNeeded(zone);
  if (spans === null) throw unknown(zone);
  const span = spans.findLast(([from]) => from <= moment.time) ?? spans[0];
  return new Moment(moment.time, span?.[1] ?? 0, span?.[2] ?? zone);
}

function unknown(zone: string): TemplateError {
  return new TemplateError(
    `there is no time zone ${JSON.stringify(zone.slice(0, 60))}; write one such as "Europe/Berlin"`,
  );
}
