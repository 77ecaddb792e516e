export const start = { session: 'checkout', mode: 'all', cassette: 'checkout' };

export const state = {
  mode: 'none',
  sessions: { checkout: 'all' },
  cassettes: [
    {
      cassette: 'checkout',
      path: 'cassettes/checkout.json',
      recordings: ['3f2a91c0', '3f2a91c0-2'],
      unused: ['3f2a91c0-2'],
    },
  ],
};
