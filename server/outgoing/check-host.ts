import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { type AllowedAddresses, mayReach } from "./allowed-addresses.ts";

/** All addresses of a name. Throws where it has none. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

/** As the machine itself resolves names. */
export const resolveBySystem: Resolve = (host) => lookup(host, { all: true });

/** A host that may be reached, at these addresses, or why not. */
export type CheckedHost =
  | { readonly kind: "checked"; readonly addresses: readonly [LookupAddress, ...LookupAddress[]] }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Looks a host up, once, and checks every address: one that may not be reached refuses them all, since whoever is called by name might
 * be any of them. The connection has to go to one of the addresses answered, without another look-up.
 *
 * @param host a name or an address, without brackets
 */
export async function checkHost(
  host: string,
  allowed: AllowedAddresses,
  resolve: Resolve,
): Promise<CheckedHost> {
  const found = await addressesOf(host, resolve);
  if (!Array.isArray(found)) return found;
  const [first, ...more] = found;
  if (first === undefined) return { kind: "failed", reason: `the name ${host} has no address` };
  const forbidden = found.find(({ address }) => !mayReach(allowed, host, address));
  if (forbidden !== undefined) return { kind: "refused", reason: refusal(host, forbidden.address) };
  return { kind: "checked", addresses: [first, ...more] };
}

async function addressesOf(host: string, resolve: Resolve): Promise<LookupAddress[] | CheckedHost> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  try {
    return await resolve(host);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    return { kind: "failed", reason: `the name ${host} could not be resolved${code}` };
  }
}

/** Why a call to this address is refused. */
export function refusal(host: string, address: string): string {
  const which = host === address ? `the address ${address}` : `${host}, which is ${address},`;
  return `${which} is not on the public internet; ANTIPHON_ALLOW_PRIVATE_ADDRESSES may allow it`;
}
