import { expect, it } from 'vitest';
import { explainPrivate } from '../../../src/recording/upstream/address.ts';

it.each([
  '8.8.8.8',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.0.1',
  '172.32.0.1',
  '2606:4700::1',
  '::ffff:8.8.8.8',
  // NAT64 of a public address, as networks without IPv4 have it.
  '64:ff9b::808:808',
])('%s is public', (address) => {
  expect(explainPrivate(address)).toBeUndefined();
});

it.each([
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['0:0:0:0:0:ffff:10.0.0.1', 'private'],
  ['10.1.2.3', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['fd00:ec2::254', 'private'],
  ['fc00::1', 'private'],
  ['fec0::1', 'private'],
  ['169.254.169.254', 'link-local'],
  ['::ffff:169.254.169.254', 'link-local'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['100.64.0.1', 'carrier-grade NAT'],
  ['100.127.255.255', 'carrier-grade NAT'],
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['::', 'unspecified'],
  ['224.0.0.1', 'multicast'],
  ['ff02::1', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['240.0.0.1', 'reserved'],
  ['192.0.2.1', 'reserved'],
  ['198.18.0.1', 'reserved'],
  ['2001:db8::1', 'reserved'],
  // An IPv4 address within one of IPv6, by several ways to write it.
  ['64:ff9b::7f00:1', 'loopback'],
  ['64:ff9b::a9fe:a9fe', 'link-local'],
  ['64:ff9b:1::7f00:1', 'reserved'],
  ['2002:7f00:1::', 'reserved'],
  ['::ffff:0:127.0.0.1', 'reserved'],
  ['::7f00:1', 'reserved'],
  ['::127.0.0.1', 'loopback'],
  ['localhost', 'no address'],
  ['', 'no address'],
])('%j is not: %s', (address, kind) => {
  expect(explainPrivate(address)).toBe(kind);
});
