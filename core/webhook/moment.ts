import { z } from "zod";

const isoMoment = z.iso.datetime({ offset: true, local: true });

/** The moment that a text in ISO 8601 names, with a date and a time; without an offset it is in UTC. Null where it is none. */
export function parseMoment(text: string): Date | null {
  const plain = text.trim().toUpperCase();
  if (!isoMoment.safeParse(plain).success) return null;
  const time = new Date(/(?:Z|[+-]\d\d:\d\d)$/.test(plain) ? plain : `${plain}Z`);
  return Number.isNaN(time.getTime()) ? null : time;
}
