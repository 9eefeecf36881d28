package io.eventbackbone.sandbox.api;

/**
 * A limit that a service has for every account, as Service Quotas names it.
 *
 * @param code for instance {@code L-244521F2}
 */
public record Quota(String code, String name, int value) {}
