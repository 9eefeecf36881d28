package io.eventbackbone.sandbox.access;

/**
 * An access that an identity of an account asked for, and the decision.
 *
 * @param action for instance {@code sqs:CreateQueue}; a call may need several
 * @param context condition keys, {@code aws:PrincipalArn} with the role of a session among them
 */
public record AccessDecision(
    String action, String resource, RequestContext context, boolean isAllowed) {}
