const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text has the form of an id; only such a text can name anything that is stored. */
export function isId(text: string): boolean {
  return uuid.test(text);
}
