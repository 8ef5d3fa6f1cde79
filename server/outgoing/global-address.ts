import { BlockList, isIPv6 } from "node:net";

/** Not of the internet at large: IANA's registry of special IPv4 addresses, multicast, and what clouds serve metadata on. */
const special4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];

/** IPv6 has one global range; in it, what stands for IPv4 addresses (Teredo, 6to4), protocols and examples. */
const global6 = ["2000::/3"];
const special6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const excluded = blockList([...special4, ...special6]);
const included = blockList(global6);

/**
 * Whether an address is one of the internet at large: not private, shared, of this machine or link, multicast, reserved, or another
 * form of an IPv4 address (mapped, 6to4, NAT64).
 */
export function isGlobalAddress(address: string): boolean {
  // A zone names a link of this machine.
  if (address.includes("%")) return false;
  if (!isIPv6(address)) return !excluded.check(address, "ipv4");
  return included.check(address, "ipv6") && !excluded.check(address, "ipv6");
}

/** Networks as `10.0.0.0/8`. */
export function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", prefix] = network.split("/");
    list.addSubnet(address, Number(prefix), isIPv6(address) ? "ipv6" : "ipv4");
  }
  return list;
}
