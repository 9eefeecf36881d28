"""Publishes one new order, as order-service does."""

import sys
import uuid

from events import Publisher, first_metadata


def main():
    order_id = str(uuid.uuid4())
    order = {"orderId": order_id, "items": [{"sku": sys.argv[1], "quantity": 1}]}
    Publisher().publish(("Order.Created", first_metadata(order_id), order))
    print(order_id)


if __name__ == "__main__":
    main()
