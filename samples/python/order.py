"""Publishes one new order, as order-service does."""

import sys
import uuid
from datetime import datetime, timezone

from events import Publisher, first_metadata


def main():
    order_id = str(uuid.uuid4())
    order = {
        "orderId": order_id,
        "customer": "Ada",
        "items": [{"sku": sys.argv[1], "quantity": 1}],
        "createdAt": datetime.now(timezone.utc).isoformat(timespec="milliseconds"),
        "state": "CREATED",
    }
    Publisher().publish(("Order.Created", first_metadata(order_id), order))
    print(order_id)


if __name__ == "__main__":
    main()
