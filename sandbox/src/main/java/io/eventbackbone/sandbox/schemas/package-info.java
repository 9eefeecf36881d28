/** Amazon EventBridge Schemas: discoverers. May import the api and the errors. */
package io.eventbackbone.sandbox.schemas;
