import { expect, it } from "vitest";
import { inTurn } from "../../web/lib/graphql/in-turn.ts";

/** A reading that ends when it is told to; `begun` are those that have begun. */
function slowReading() {
  const begun: (() => void)[] = [];
  const read = () => new Promise<void>((resolve) => void begun.push(resolve));
  return { begun, read };
}

it("who asks while a reading is under way gets the next one, which all share", async () => {
  const { begun, read } = slowReading();
  const take = inTurn();
  const said: string[] = [];
  const first = take(read).then(() => said.push("first"));
  const second = take(read).then(() => said.push("second"));
  const third = take(read).then(() => said.push("third"));
  expect(begun).toHaveLength(1);
  begun[0]?.();
  await first;
  expect(said).toEqual(["first"]);
  expect(begun).toHaveLength(2);
  begun[1]?.();
  await Promise.all([second, third]);
  expect(begun).toHaveLength(2);
});

it("a reading that fails holds nobody up", async () => {
  const { begun, read } = slowReading();
  const take = inTurn();
  const failed = take(() => Promise.reject(new Error("away")));
  const next = take(read);
  await expect(failed).rejects.toThrow("away");
  expect(begun).toHaveLength(1);
  begun[0]?.();
  await next;
  const last = take(read);
  begun[1]?.();
  await last;
});
