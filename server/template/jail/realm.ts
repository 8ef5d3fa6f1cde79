type Thing = object;

const { getOwnPropertyDescriptor, getPrototypeOf, freeze, is } = Object;
const { ownKeys } = Reflect;

/** Everything that can be reached from these through properties, accessors and prototypes. */
export function reachable(roots: readonly unknown[]): Thing[] {
  const found = new Set<Thing>();
  const waiting = [...roots];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if ((typeof one !== "object" && typeof one !== "function") || one === null || found.has(one)) continue;
    found.add(one);
    waiting.push(getPrototypeOf(one));
    for (const key of ownKeys(one)) {
      const property = getOwnPropertyDescriptor(one, key);
      waiting.push(property?.value, property?.get, property?.set);
    }
  }
  return [...found];
}

/** Freezes all of them, for good. */
export function freezeAll(things: readonly Thing[]): void {
  for (const thing of things) freeze(thing);
}

/** Says from now on whether any of these things has other properties, or other values in them, than now. */
export function watch(things: readonly Thing[]): () => boolean {
  const known = things.map((thing) => {
    const keys = ownKeys(thing);
    return { thing, keys, values: keys.map((key) => held(thing, key)), prototype: getPrototypeOf(thing) };
  });
  return () => {
    for (let at = 0; at < known.length; at += 1) {
      const one = known[at];
      if (one === undefined) continue;
      const keys = ownKeys(one.thing);
      if (keys.length !== one.keys.length || getPrototypeOf(one.thing) !== one.prototype) return true;
      for (let place = 0; place < keys.length; place += 1) {
        const key = keys[place];
        if (key === undefined || key !== one.keys[place] || !is(held(one.thing, key), one.values[place]))
          return true;
      }
    }
    return false;
  };
}

function held(thing: Thing, key: string | symbol): unknown {
  const property = getOwnPropertyDescriptor(thing, key);
  return property === undefined || "value" in property ? property?.value : property.get;
}
