import { type BlockList, isIP, isIPv6 } from "node:net";
import { blockList, isGlobalAddress } from "./global-address.ts";

/** Which private addresses outgoing calls may go to: those of some hosts, and those in some networks. */
export interface AllowedAddresses {
  /** In lower case. */
  readonly hosts: ReadonlySet<string>;
  readonly networks: BlockList;
}

/** Reads host names, addresses and networks (`10.0.0.0/8`); what is none of them comes back in `wrong`. */
export function readAllowedAddresses(entries: readonly string[]): {
  allowed: AllowedAddresses;
  wrong: string[];
} {
  const hosts = new Set<string>();
  const networks: string[] = [];
  const wrong: string[] = [];
  for (const entry of entries) {
    const network = networkOf(entry);
    if (network !== null) networks.push(network);
    else if (/^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/i.test(entry) && !/^[\d.]+$/.test(entry))
      hosts.add(entry.toLowerCase());
    else wrong.push(entry);
  }
  return { allowed: { hosts, networks: blockList(networks) }, wrong };
}

/** Whether a call to this host may go to this address of it. */
export function mayReach(allowed: AllowedAddresses, host: string, address: string): boolean {
  if (isGlobalAddress(address)) return true;
  if (allowed.hosts.has(host.toLowerCase().replace(/\.$/, ""))) return true;
  const [plain = ""] = address.split("%");
  return allowed.networks.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
}

function networkOf(entry: string): string | null {
  const [address = "", prefix, more] = entry.split("/");
  const family = isIP(address);
  if (family === 0 || more !== undefined) return null;
  const bits = family === 4 ? 32 : 128;
  if (prefix === undefined) return `${address}/${bits}`;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits ? entry : null;
}
