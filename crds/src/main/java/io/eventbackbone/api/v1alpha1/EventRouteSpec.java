package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Optional;

/** Producers, receivers and a filter. A sender never gets its own events back. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventRouteSpec(
    @Required @JsonPropertyDescription("EventBackbone in the route's own namespace.")
        LocalReference backboneRef,
    @JsonPropertyDescription("Producers whose events are routed. Default: all.") Producers from,
    @JsonPropertyDescription("Buses that receive. Default: all but the sender's.") Receivers to,
    @Default("Account")
        @JsonPropertyDescription(
            "How the operator recognises the sender of an event: by the account"
                + " that published it, or by its Source. Use Source where services share"
                + " an account.")
        SenderMatch senderMatch,
    @JsonPropertyDescription("Events that are routed. Default: every event.") EventFilter filter) {

  /** Producers, chosen by the buses of their accounts. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "(self.type == 'Selected') == has(self.busSelector)",
      message = "busSelector belongs to type: Selected, and only to it")
  public record Producers(
      @Default("All") @JsonPropertyDescription("All producers, or producers whose bus is Selected.")
          Producers.Type type,
      @JsonPropertyDescription("Labels of the producers' ServiceAccountBuses.")
          LabelSelector busSelector) {

    /** How the producers are chosen. */
    public enum Type {
      @JsonProperty("All")
      ALL,
      @JsonProperty("Selected")
      SELECTED
    }

    public Producers {
      type = type == null ? Producers.Type.ALL : type;
    }

    /** The selector, if the spec has one. */
    public Optional<LabelSelector> labels() {
      return Optional.ofNullable(busSelector);
    }
  }

  /** Buses that receive. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "(self.type == 'Selected') == has(self.busSelector)",
      message = "busSelector belongs to type: Selected, and only to it")
  public record Receivers(
      @Default("AllExceptSender")
          @JsonPropertyDescription(
              "AllExceptSender reaches every bus. Selected reaches buses whose labels"
                  + " match. Neither reaches the sender's own bus.")
          Receivers.Type type,
      @JsonPropertyDescription("Labels of the receiving ServiceAccountBuses.")
          LabelSelector busSelector) {

    /** How the buses are chosen. */
    public enum Type {
      @JsonProperty("AllExceptSender")
      ALL_EXCEPT_SENDER,
      @JsonProperty("Selected")
      SELECTED
    }

    public Receivers {
      type = type == null ? Receivers.Type.ALL_EXCEPT_SENDER : type;
    }

    /** The selector, if the spec has one. */
    public Optional<LabelSelector> labels() {
      return Optional.ofNullable(busSelector);
    }
  }

  /** How the operator recognises the sender of an event. */
  public enum SenderMatch {
    @JsonProperty("Account")
    ACCOUNT,
    @JsonProperty("Source")
    SOURCE
  }

  public EventRouteSpec {
    from = from == null ? new Producers(null, null) : from;
    to = to == null ? new Receivers(null, null) : to;
    senderMatch = senderMatch == null ? SenderMatch.ACCOUNT : senderMatch;
  }

  /** The filter, if the spec has one. */
  public Optional<EventFilter> writtenFilter() {
    return Optional.ofNullable(filter);
  }

  /** The filter, or the filter that lets every event pass. */
  public EventFilter filterOrEverything() {
    return Optional.ofNullable(filter).orElseGet(EventFilter::everything);
  }
}
