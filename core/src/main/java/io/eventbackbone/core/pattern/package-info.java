/**
 * Event patterns and filters, checked as EventBridge checks them (EventBridge User Guide, "Creating
 * event patterns"). Imports no other room.
 */
package io.eventbackbone.core.pattern;
