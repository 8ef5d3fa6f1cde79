import { momentOf, shownIn } from "../dates.ts";
import { strftime } from "../strftime.ts";
import { textOf } from "../text.ts";
import { type Filter, filter } from "./filter.ts";

export const dateFilters: Record<string, Filter> = {
  strftime: filter("strftime", ["format", "tz"], (value, format, zone) =>
    value === undefined || value === null
      ? undefined
      : strftime(shownIn(momentOf("strftime", value), zone), format === undefined ? "%c" : textOf(format)),
  ),
  astimezone: filter("astimezone", ["tz"], (value, zone) =>
    value === undefined || value === null ? undefined : shownIn(momentOf("astimezone", value), zone ?? "UTC"),
  ),
};
