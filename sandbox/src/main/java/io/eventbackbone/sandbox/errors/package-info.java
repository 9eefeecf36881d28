/**
 * Every error code and refusal of the sandbox: one class for each service, and the common ones.
 * Imports nothing of the sandbox.
 */
package io.eventbackbone.sandbox.errors;
