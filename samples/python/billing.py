"""Writes an invoice for each new order."""

import logging

from events import Consumer, Publisher, metadata_after

LOG = logging.getLogger("billing")


def main():
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    publisher = Publisher()

    def handle(event):
        # The subscription brings all events that begin with "Order."; only new orders cost money.
        if event["detail-type"] != "Order.Created":
            return
        order = event["detail"]["data"]
        metadata = metadata_after(event, "Invoice.Created")
        invoice = {
            "invoiceId": metadata["id"],
            "orderId": order["orderId"],
            "pieces": sum(item["quantity"] for item in order["items"]),
        }
        publisher.publish(("Invoice.Created", metadata, invoice))
        LOG.info("invoice %s for order %s", invoice["invoiceId"], invoice["orderId"])

    LOG.info("billing-service starts")
    Consumer(handle).run()


if __name__ == "__main__":
    main()
