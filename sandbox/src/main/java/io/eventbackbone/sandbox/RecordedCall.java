package io.eventbackbone.sandbox;

import java.time.Instant;

/** One call that the sandbox got, whether it was answered or refused. */
public record RecordedCall(
    Instant at, String accountId, String region, String service, String operation) {}
