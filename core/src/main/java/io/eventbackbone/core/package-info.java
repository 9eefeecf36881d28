/**
 * Custom resources to wanted AWS state to a plan, by pure functions: no Kubernetes transport, no
 * AWS SDK, no clock. Imports the API types ({@code crds}), Jackson and event-ruler alone.
 */
package io.eventbackbone.core;
