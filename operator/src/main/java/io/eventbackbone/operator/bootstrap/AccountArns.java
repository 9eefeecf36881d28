package io.eventbackbone.operator.bootstrap;

import io.eventbackbone.core.resource.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The ARNs, or patterns of ARNs, of everything that the operator has in an account. */
record AccountArns(Preparation account) {

  List<String> buses() {
    return of("events", "event-bus/" + account.busName());
  }

  List<String> rules() {
    List<String> names =
        switch (account.kind()) {
          case BACKBONE -> List.of(Names.GLOBAL_LOG_RULE, Names.forwardingRule("*"));
          case SERVICE -> List.of(Names.LOCAL_LOG_RULE, Names.everySubscriptionRule());
        };
    return names.stream()
        .flatMap(name -> of("events", "rule/" + account.busName() + "/" + name).stream())
        .toList();
  }

  List<String> queues() {
    List<String> names = new ArrayList<>(Names.everyDeadLetterQueue(account.busName()));
    if (account.kind() == AccountKind.SERVICE) {
      names.addAll(Names.everySubscriptionQueue());
    }
    return names.stream().flatMap(name -> of("sqs", name).stream()).toList();
  }

  /**
   * Log groups and deliveries. Depending on the operation, AWS names a log group with or without
   * {@code :*}.
   */
  List<String> logs() {
    String audit = account.logGroupName().orElseGet(() -> Names.logGroup(account.busName()));
    String log = account.busLogGroupName().orElseGet(() -> Names.busLogGroup(account.busName()));
    Stream<String> groups =
        Stream.of(audit, log)
            .distinct()
            .map(name -> "log-group:" + name)
            .flatMap(group -> Stream.of(group, group + ":*"));
    Stream<String> deliveries =
        Stream.of(
                Names.everyDeliverySource(account.busName()).stream()
                    .map(name -> "delivery-source:" + name),
                Names.everyDeliveryDestination(account.busName()).stream()
                    .map(name -> "delivery-destination:" + name),
                Stream.of("delivery:*"))
            .flatMap(Function.identity());
    return Stream.concat(groups, deliveries).map(name -> inAnyRegion("logs", name)).toList();
  }

  /**
   * In an account with several Regions the ARN covers every Region: a list of them would be too
   * long for IAM.
   */
  private String inAnyRegion(String service, String resource) {
    String arn = account.scopes().get(0).arn(service, resource);
    return account.regions().size() == 1
        ? arn
        : arn.replace(":" + account.regions().get(0) + ":", ":*:");
  }

  List<String> of(String service, String resource) {
    return account.scopes().stream().map(scope -> scope.arn(service, resource)).toList();
  }

  List<String> replays() {
    return of("events", "replay/" + Names.everyReplay());
  }

  /** The registries of the event types' schemas, and the schemas in them. */
  List<String> schemaRegistries() {
    return Names.everySchemaRegistry(account.busName()).stream()
        .flatMap(name -> Stream.of("registry/" + name, "schema/" + name + "/*"))
        .map(name -> inAnyRegion("schemas", name))
        .toList();
  }

  /** The discoverer, whose id AWS chooses, the registries, and the schemas in them. */
  List<String> schemas() {
    return Stream.concat(of("schemas", "discoverer/*").stream(), schemaRegistries().stream())
        .toList();
  }

  List<String> archives() {
    return Names.everyArchive(account.busName()).stream()
        .flatMap(name -> of("events", "archive/" + name).stream())
        .toList();
  }
}
