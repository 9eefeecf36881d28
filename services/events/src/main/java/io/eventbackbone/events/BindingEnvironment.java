package io.eventbackbone.events;

import java.util.Map;
import java.util.Optional;

/**
 * What the binding Secret of an EventSubscription says, as environment variables.
 *
 * @param region of the queue, and of the global bus
 * @param busArn of the global bus, where events are published
 * @param source that the service publishes with
 * @param queueUrl where the subscribed events arrive
 */
public record BindingEnvironment(String region, String busArn, String source, String queueUrl) {

  /**
   * Reads the variables.
   *
   * @throws IllegalStateException naming the variable that is missing, and where it comes from
   */
  public static BindingEnvironment of(Map<String, String> environment) {
    return new BindingEnvironment(
        required(environment, "AWS_REGION"),
        required(environment, "EVENT_BUS_ARN"),
        required(environment, "EVENT_SOURCE"),
        required(environment, "EVENT_QUEUE_URL"));
  }

  private static String required(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .orElseThrow(() ->
            new IllegalStateException(
                "environment variable "
                    + name
                    + " is missing: take it from the EventSubscription's binding Secret, for"
                    + " instance by envFrom"));
  }
}
