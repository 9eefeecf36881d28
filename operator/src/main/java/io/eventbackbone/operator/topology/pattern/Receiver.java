package io.eventbackbone.operator.topology.pattern;

/**
 * The local bus that a forwarding rule is for.
 *
 * @param accountId the account it is in
 * @param identifier the Source that its services publish with
 */
public record Receiver(String accountId, String identifier) {}
