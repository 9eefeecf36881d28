package io.eventbackbone.operator.aws;

/**
 * The identity of the operator in a session (STS API Reference, GetCallerIdentity).
 *
 * @param accountId twelve digits
 * @param arn of the assumed role's session, or of the operator's own identity
 */
public record CallerIdentity(String accountId, String arn) {}
