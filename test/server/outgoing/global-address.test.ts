import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayReach, readAllowedAddresses } from "../../../server/outgoing/allowed-addresses.ts";
import { isGlobalAddress } from "../../../server/outgoing/global-address.ts";

describe("actions 7.3: an address is public", () => {
  it.each(["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"])(
    "%s",
    (address) => expect(isGlobalAddress(address)).toBe(true),
  );
});

describe("actions 7.3: an address is not public", () => {
  it.each([
    ["of this machine", "127.0.0.1"],
    ["of this machine", "127.255.0.9"],
    ["of this machine", "::1"],
    ["unspecified", "0.0.0.0"],
    ["unspecified", "::"],
    ["private", "10.1.2.3"],
    ["private", "172.31.255.255"],
    ["private", "192.168.1.1"],
    ["shared by a carrier", "100.64.0.1"],
    ["metadata", "169.254.169.254"],
    ["metadata", "168.63.129.16"],
    ["metadata", "100.100.100.200"],
    ["metadata", "fd00:ec2::254"],
    ["link-local", "fe80::1"],
    ["link-local, with a zone", "fe80::1%eth0"],
    ["with a zone", "2606:4700::1111%eth0"],
    ["site-local", "fec0::1"],
    ["unique-local", "fc00::1"],
    ["multicast", "224.0.0.1"],
    ["multicast", "ff02::1"],
    ["broadcast", "255.255.255.255"],
    ["IPv4-mapped", "::ffff:127.0.0.1"],
    ["IPv4-mapped, though public", "::ffff:8.8.8.8"],
    ["IPv4-compatible", "::7f00:1"],
    ["6to4", "2002:7f00:1::"],
    ["NAT64", "64:ff9b::7f00:1"],
    ["NAT64 of one's own", "64:ff9b:1::a00:1"],
    ["Teredo", "2001:0:4136:e378::1"],
    ["an example", "2001:db8::1"],
    ["discarded", "100::1"],
  ])("%s: %s", (_why, address) => expect(isGlobalAddress(address)).toBe(false));

  it("whatever IPv4 address an IPv6 one stands for", () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    fc.assert(
      fc.property(group, group, (high, low) => {
        for (const form of [`::ffff:${high}:${low}`, `64:ff9b::${high}:${low}`, `2002:${high}:${low}::1`])
          expect(isGlobalAddress(form)).toBe(false);
      }),
    );
  });
});

describe("ANTIPHON_ALLOW_PRIVATE_ADDRESSES", () => {
  const { allowed, wrong } = readAllowedAddresses([
    "Hooks.Internal",
    "10.0.0.0/8",
    "192.168.1.7",
    "fd00::/8",
  ]);

  it.each([
    ["an address in an allowed network", "anything.test", "10.9.8.7", true],
    ["the allowed address", "anything.test", "192.168.1.7", true],
    ["its neighbour", "anything.test", "192.168.1.8", false],
    ["an allowed network of IPv6", "anything.test", "fd12::1", true],
    ["any address of an allowed host", "hooks.internal", "172.16.0.1", true],
    ["the host with its final dot", "hooks.internal.", "172.16.0.1", true],
    ["another host", "hooks.internal.evil.test", "172.16.0.1", false],
    [
      "the metadata of an allowed host's cloud, seen from another name",
      "evil.test",
      "169.254.169.254",
      false,
    ],
  ])("%s", (_what, host, address, reached) => {
    expect(mayReach(allowed, host, address)).toBe(reached);
    expect(wrong).toEqual([]);
  });

  it("names what is no host, address or network", () => {
    const given = ["10.0.0.0/33", "1.2.3", "http://a.test", "10.0.0.0/8/8", "a.test"];
    expect(readAllowedAddresses(given).wrong).toEqual(given.slice(0, 4));
  });
});
