import { dateFilters } from "./filters/date.ts";
import type { Filter } from "./filters/filter.ts";
import { humanFilters } from "./filters/human.ts";
import { jsonFilters } from "./filters/json.ts";
import { listFilters } from "./filters/list.ts";
import { numberFilters } from "./filters/number.ts";
import { pickFilters } from "./filters/pick.ts";
import { productFilters } from "./filters/product.ts";
import { textFilters } from "./filters/text.ts";
import { webFilters } from "./filters/web.ts";
import { TemplateError } from "./template-error.ts";

/** Every filter by its name. */
export const filters: Readonly<Record<string, Filter>> = {
  ...textFilters,
  ...webFilters,
  ...listFilters,
  ...pickFilters,
  ...numberFilters,
  ...jsonFilters,
  ...dateFilters,
  ...humanFilters,
  ...productFilters,
};

/** What a filter makes of a value. @throws TemplateError */
export function applyFilter(name: string, value: unknown, args: readonly unknown[]): unknown {
  const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (filter === undefined) throw new TemplateError(`there is no filter ${JSON.stringify(name)}`);
  return filter(value, args);
}
