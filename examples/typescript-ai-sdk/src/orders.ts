export interface Order {
  readonly id: string;
  readonly status: string;
  readonly shipped?: string;
}

/** Stands for the shop's database. */
const orders: readonly Order[] = [
  { id: 'A-1042', status: 'shipped', shipped: '2026-03-03' },
  { id: 'A-1043', status: 'packing' },
];

export function findOrder(id: string): Order | undefined {
  return orders.find((order) => order.id === id);
}
