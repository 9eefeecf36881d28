package io.eventbackbone.sandbox.api;

import java.time.Instant;

/** One call to the sandbox, answered or refused. */
public record RecordedCall(
    Instant at, String accountId, String region, String service, String operation) {}
