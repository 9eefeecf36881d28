package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What applying manifests would change.
 *
 * @param reception which subscriptions gain or lose which events
 * @param aws what the operator would do to AWS, in its order, if AWS is as the specs of now say
 * @param replays that begin
 * @param problems with the custom resources, before and after
 */
public record Difference(
    List<String> unseen,
    List<ReceptionChange> reception,
    List<AwsChange> aws,
    List<ReplayStart> replays,
    List<Problem> problems)
    implements Answer {

  public Difference {
    unseen = List.copyOf(unseen);
    reception = List.copyOf(reception);
    aws = List.copyOf(aws);
    replays = List.copyOf(replays);
    problems = List.copyOf(problems);
  }

  /**
   * What a subscription gains and loses.
   *
   * @param subscription {@code namespace/name}
   * @param gains events, for people: {@code Order.Created if detail.data.country = "DE"}
   * @param loses likewise
   */
  public record ReceptionChange(String subscription, List<String> gains, List<String> loses) {
    public ReceptionChange {
      gains = List.copyOf(gains);
      loses = List.copyOf(loses);
    }
  }

  /**
   * One step of the plan.
   *
   * @param account number of the account
   * @param resource {@code Rule global-bus/globalToOrders}
   * @param change Create, Update, Retag, Delete…
   * @param attributes what differs, of a resource that stays
   */
  public record AwsChange(
      String account, String resource, String change, List<Attribute> attributes) {
    public AwsChange {
      attributes = List.copyOf(attributes);
    }
  }

  /** An attribute that differs, as texts for people. */
  public record Attribute(String name, String from, String to) {}

  /**
   * A replay that begins.
   *
   * @param replay {@code namespace/name}
   * @param receiver of the events: {@code EventSubscription orders/deliveries}
   * @param from time of the first event, as the spec has it
   * @param to time after the last event, likewise
   * @param warnings what may be missing, and what the replay waits for
   */
  public record ReplayStart(
      String replay, String receiver, String from, String to, List<String> warnings) {
    public ReplayStart {
      warnings = List.copyOf(warnings);
    }
  }

  /** Whether a problem is there because of the change. */
  public enum State {
    @JsonProperty("New")
    NEW,
    @JsonProperty("Solved")
    SOLVED,
    @JsonProperty("Unchanged")
    UNCHANGED
  }

  /**
   * What is wrong with an object.
   *
   * @param object {@code EventSubscription orders/deliveries}
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Problem(State state, String object, Code code, String message) {}

  /** Whether applying would change nothing that can be told. */
  private boolean isEmpty() {
    return reception.isEmpty()
        && aws.isEmpty()
        && replays.isEmpty()
        && problems.stream().allMatch(it -> it.state() == State.UNCHANGED);
  }

  @Override
  public ExitCode exitCode() {
    return isEmpty() ? ExitCode.YES : ExitCode.NO;
  }
}
