/**
 * Amazon EventBridge Schemas: registries, schemas and discoverers. May import the api and the
 * errors.
 */
package io.eventbackbone.sandbox.schemas;
