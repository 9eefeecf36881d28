package io.eventbackbone.operator.aws;

/**
 * Who the operator is in a session, as STS tells.
 *
 * @param accountId twelve digits
 * @param arn of the assumed role's session, or of the operator's own identity
 */
public record CallerIdentity(String accountId, String arn) {}
