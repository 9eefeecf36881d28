/**
 * The custom resources as the core sees them, and which of them are admitted. Imports {@code
 * resource}, {@code pattern} and {@code contract}.
 */
package io.eventbackbone.core.model;
