/**
 * Loads what is asked for in one turn of the event loop together, for each context apart, and keeps nothing.
 * `load` answers the keys in their order.
 */
export function batched<Ctx extends object, Key, Value>(
  load: (ctx: Ctx, keys: Key[]) => Promise<Value[]>,
): (ctx: Ctx, key: Key) => Promise<Value> {
  const open = new WeakMap<Ctx, { keys: Key[]; values: Promise<Value[]> }>();
  return async (ctx, key) => {
    let batch = open.get(ctx);
    if (batch === undefined) {
      const keys: Key[] = [];
      // The keys of sibling fields come in within the same turn, some a few promises later.
      const values = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        open.delete(ctx);
        return load(ctx, keys);
      });
      batch = { keys, values };
      open.set(ctx, batch);
    }
    const place = batch.keys.push(key) - 1;
    // One value for each key is what `load` promises.
    return (await batch.values)[place] as Value;
  };
}
