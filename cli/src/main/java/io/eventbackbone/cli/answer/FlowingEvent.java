package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An event that was logged: a line of {@code tail}.
 *
 * @param detail the payload, if it was asked for
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record FlowingEvent(
    String time,
    String id,
    String detailType,
    String source,
    String account,
    Optional<String> metadataId,
    Optional<String> correlationId,
    Optional<JsonNode> detail) {}
