import { expect, it } from "vitest";
import { blockTypes } from "../../../core/block/block-types.ts";
import { channelOf } from "../../../server/channel/channels.ts";

it("every type of block that notifies has a channel, and no other has one", () => {
  const sending = blockTypes.filter(({ slug }) => channelOf(slug) !== undefined);
  expect(sending).toEqual(blockTypes.filter(({ capabilities }) => capabilities.includes("notify")));
});
