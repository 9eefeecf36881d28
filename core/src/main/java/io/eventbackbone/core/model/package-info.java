/**
 * The custom resources as the core sees them, and which of them are admitted. Imports {@code
 * resource} and {@code pattern}.
 */
package io.eventbackbone.core.model;
