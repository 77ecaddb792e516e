import ipaddr from 'ipaddr.js';

/** The one part of IPv6 that is given out for use in public (IANA, IPv6 address space). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** NAT64 by its well-known prefix: an IPv4 address is the last 32 bits (RFC 6052). */
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** What kind of address it is, where it is not a public one; `undefined` of a public one. */
export function explainPrivate(address: string): string | undefined {
  if (!ipaddr.isValid(address)) return 'no address';
  // `process` reads an IPv4 address that is mapped into IPv6 as what it is.
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv6' && parsed.match(nat64)) {
    const embedded = ipaddr.fromByteArray(parsed.toByteArray().slice(12));
    return explainPrivate(embedded.toString());
  }
  const range = parsed.range();
  if (range !== 'unicast') return words[range] ?? 'reserved';
  return parsed.kind() === 'ipv6' && !parsed.match(globalUnicast) ? 'reserved' : undefined;
}

const words: Readonly<Record<string, string>> = {
  unspecified: 'unspecified',
  loopback: 'loopback',
  private: 'private',
  uniqueLocal: 'private',
  deprecatedSiteLocal: 'private',
  linkLocal: 'link-local',
  carrierGradeNat: 'carrier-grade NAT',
  multicast: 'multicast',
  broadcast: 'broadcast',
};
