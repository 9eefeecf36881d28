/**
 * Amazon EventBridge Schemas: the discoverers of event buses, which have their rules there and
 * discover nothing. There are no registries and no schemas.
 */
package io.eventbackbone.sandbox.schemas;
