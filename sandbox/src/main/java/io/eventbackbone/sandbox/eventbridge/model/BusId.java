package io.eventbackbone.sandbox.eventbridge.model;

import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Request;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which event bus: its home and its name there. */
public record BusId(Home home, String name) {

  public static final String DEFAULT = "default";

  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[\\w-]*:events:([a-z0-9-]+):([0-9]{12}):event-bus/([/.\\-_A-Za-z0-9]+)");

  public static Optional<BusId> ofArn(String arn) {
    Matcher matcher = ARN.matcher(arn);
    return matcher.matches()
        ? Optional.of(new BusId(new Home(matcher.group(2), matcher.group(1)), matcher.group(3)))
        : Optional.empty();
  }

  /**
   * The bus that a call means. An ARN may name another account's bus; the Region is always that of
   * the endpoint called.
   */
  public static BusId ofNameOrArn(String nameOrArn, Home caller) {
    return ofArn(nameOrArn)
        .map(bus -> new BusId(new Home(bus.home().accountId(), caller.region()), bus.name()))
        .orElseGet(() -> new BusId(caller, nameOrArn));
  }

  /** The bus that {@code EventBusName} means: a name, an ARN, or left out for the default bus. */
  public static BusId of(Request request) {
    return request
        .input()
        .text("EventBusName", Shapes.BUS_NAME_OR_ARN)
        .map(name -> ofNameOrArn(name, request.home()))
        .orElseGet(() -> new BusId(request.home(), DEFAULT));
  }

  public boolean isDefault() {
    return name.equals(DEFAULT);
  }

  public String arn() {
    return home.arn("events", "event-bus/" + name);
  }

  /** Rules of the default bus leave its name out of their ARNs. */
  public String ruleArn(String rule) {
    return home.arn("events", isDefault() ? "rule/" + rule : "rule/" + name + "/" + rule);
  }
}
