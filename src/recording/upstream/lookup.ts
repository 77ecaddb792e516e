import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { explainPrivate } from './address.ts';

/** A name that leads to an address which is not public. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
  readonly address: string;
  readonly kind: string;

  constructor(address: string, kind: string) {
    super(`${address} is ${kind}`);
    this.address = address;
    this.kind = kind;
  }
}

/**
 * A lookup that finds public addresses only. What it finds is what the socket dials, so a name
 * that changes its mind between a check and the connection (DNS rebinding) gains nothing.
 */
export function lookUpPublic(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, options, (error, found, family) => {
      const refused = error ? undefined : findPrivate(found);
      if (refused) callback(refused, '');
      else callback(error, found, family);
    });
}

function findPrivate(found: string | readonly LookupAddress[]): PrivateAddressError | undefined {
  const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address);
  for (const address of addresses) {
    const kind = explainPrivate(address);
    if (kind !== undefined) return new PrivateAddressError(address, kind);
  }
  return undefined;
}
