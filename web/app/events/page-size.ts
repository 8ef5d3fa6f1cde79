/** Events on a page of the feed. */
export const pageSize = 50;
/** Events on the first page of a list beside something else, such as a run. */
export const besideSize = 20;
