import { describe, expect, it } from "vitest";
import { freezeAll, reachable, watch } from "../../../server/template/jail/realm.ts";

class Base {
  greet() {
    return "hello";
  }
}

function realm() {
  const table = {
    deep: { list: [1, { inner: true }] },
    get computed() {
      return 1;
    },
  };
  return { table, Kind: class extends Base {} };
}

describe("the frozen realm of templates", () => {
  it("is everything that can be reached", () => {
    const { table, Kind } = realm();
    const found = reachable([table, Kind]);
    for (const thing of [
      table.deep,
      table.deep.list,
      table.deep.list[1],
      Kind.prototype,
      Base,
      Base.prototype.greet,
    ])
      expect(found).toContain(thing);
    expect(found).toContain(Object.getOwnPropertyDescriptor(table, "computed")?.get);
  });

  it("lets nothing of it be changed", () => {
    const table = { a: { b: 1 } };
    freezeAll([table, table.a]);
    expect(() => {
      table.a.b = 2;
    }).toThrow(TypeError);
  });

  it.each([
    ["a changed value", (table: object) => Object.assign(table, { a: 2 })],
    ["a new property", (table: object) => Object.assign(table, { c: 2 })],
    ["a removed one", (table: object) => Reflect.deleteProperty(table, "a")],
    ["another prototype", (table: object) => Object.setPrototypeOf(table, { x: 1 })],
    ["another getter", (table: object) => Object.defineProperty(table, "a", { get: () => 1 })],
  ])("is seen to have %s", (_name, change) => {
    const table = { a: 1, b: 2 };
    const changed = watch([table]);
    expect(changed()).toBe(false);
    change(table);
    expect(changed()).toBe(true);
  });
});
