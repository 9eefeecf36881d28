/** Writes an invoice for each new order. */
import { Consumer, Publisher, metadataAfter } from "./events.js";

const publisher = new Publisher();

async function handle(event) {
  // The subscription brings all events that begin with "Order."; only new orders cost money.
  if (event["detail-type"] !== "Order.Created") return;
  const order = event.detail.data;
  const metadata = metadataAfter(event, "Invoice.Created");
  const invoice = {
    invoiceId: metadata.id,
    orderId: order.orderId,
    pieces: order.items.reduce((sum, item) => sum + item.quantity, 0),
  };
  await publisher.publish({ detailType: "Invoice.Created", metadata, data: invoice });
  console.log(`invoice ${invoice.invoiceId} for order ${invoice.orderId}`);
}

console.log("billing-service starts");
await new Consumer(handle).run();
