/**
 * Who receives an event, before it happens: routes × subscriptions, decided as far as the event is
 * known. Pure; uses the core and {@code answer}.
 */
package io.eventbackbone.cli.reception;
