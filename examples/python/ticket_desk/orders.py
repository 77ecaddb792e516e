# Stands for the shop's database.
_ORDERS = {
    "A-1042": {"status": "shipped", "shipped": "2026-03-03"},
    "A-1043": {"status": "packing"},
}


def find_order(order_id: str) -> dict[str, str]:
    return _ORDERS.get(order_id, {"error": f'There is no order "{order_id}".'})
