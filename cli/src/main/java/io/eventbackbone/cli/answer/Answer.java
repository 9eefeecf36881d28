package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** What a verb answers. Its JSON has a schema of the answer's kind (docs/schemas). */
@JsonPropertyOrder({"apiVersion", "kind", "partial", "unseen"})
public interface Answer {

  /** Version of the JSON. A field is added without a new version, and never changed or dropped. */
  String API_VERSION = "cli.eventbackbone.io/v1alpha1";

  @JsonProperty
  default String apiVersion() {
    return API_VERSION;
  }

  @JsonProperty
  default String kind() {
    return getClass().getSimpleName();
  }

  /** Whether the caller may not see all that the answer is about. */
  @JsonProperty
  default boolean partial() {
    return !unseen().isEmpty();
  }

  /** What the caller may not see, and what to do about it. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  List<String> unseen();

  /** What the process ends with. */
  ExitCode exitCode();
}
