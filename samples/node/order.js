/** Publishes one new order, as order-service does. */
import { randomUUID } from "node:crypto";
import { Publisher, firstMetadata } from "./events.js";

const orderId = randomUUID();
await new Publisher().publish({
  detailType: "Order.Created",
  metadata: firstMetadata(orderId),
  data: {
    orderId,
    customer: "Ada",
    items: [{ sku: process.argv[2], quantity: 1 }],
    createdAt: new Date().toISOString(),
    state: "CREATED",
  },
});
console.log(orderId);
