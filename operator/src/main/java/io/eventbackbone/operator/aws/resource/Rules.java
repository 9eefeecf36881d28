package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.model.BusQuotas;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.Rule.Target;
import io.eventbackbone.core.resource.Rule.UnmanagedAttributes;
import io.eventbackbone.operator.aws.failure.AwsFailure.Conflicting;
import io.eventbackbone.operator.aws.failure.AwsFailureException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DeadLetterConfig;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.InputTransformer;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.RemoveTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.SqsParameters;

/** Rules with their targets. */
final class Rules {

  private static final software.amazon.awssdk.services.eventbridge.model.Target NEW =
      software.amazon.awssdk.services.eventbridge.model.Target.builder().build();

  private final EventBridgeClient events;

  Rules(EventBridgeClient events) {
    this.events = events;
  }

  Optional<Observed> observe(RuleKey key, Lists lists) {
    try {
      Optional<Described> rule =
          lists
              .rulesWith(key)
              .map(rules -> Optional.ofNullable(rules.get(key.name())).map(Described::of))
              .orElseGet(() -> Optional.of(describe(key)));
      return rule.map(it ->
          new Observed(
              new Rule(key, it.pattern(), it.state(), targets(key), it.unmanaged()),
              new EventBridgeTags(events, key).read(lists)));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private Described describe(RuleKey rule) {
    return Described.of(
        events.describeRule(it -> it.eventBusName(rule.bus().name()).name(rule.name())));
  }

  /** The attributes that both ListRules and DescribeRule tell. */
  private record Described(String pattern, Rule.State state, UnmanagedAttributes unmanaged) {

    static Described of(DescribeRuleResponse rule) {
      return of(rule.eventPattern(), rule.stateAsString(), rule.description(), rule.roleArn());
    }

    static Described of(software.amazon.awssdk.services.eventbridge.model.Rule rule) {
      return of(rule.eventPattern(), rule.stateAsString(), rule.description(), rule.roleArn());
    }

    private static Described of(String pattern, String state, String description, String roleArn) {
      return new Described(
          Optional.ofNullable(pattern).orElse("{}"),
          state.equals(Rule.State.DISABLED.name()) ? Rule.State.DISABLED : Rule.State.ENABLED,
          new UnmanagedAttributes(Optional.ofNullable(description), Optional.ofNullable(roleArn)));
    }
  }

  void create(Rule rule, Map<String, String> tags) {
    events.putRule(it ->
        it.eventBusName(rule.key().bus().name())
            .name(rule.key().name())
            .eventPattern(rule.pattern())
            .state(rule.state().name())
            .tags(EventBridgeTags.list(tags)));
    putTargets(rule, rule.targets().stream().map(it -> request(it, NEW)).toList());
  }

  /**
   * PutRule and PutTargets replace every attribute. So this sends the attributes that the operator
   * does not set, such as a description or a retry policy, as they are.
   */
  void update(Rule rule, Rule before) {
    if (!rule.pattern().equals(before.pattern()) || rule.state() != before.state()) {
      events.putRule(it ->
          it.eventBusName(rule.key().bus().name())
              .name(rule.key().name())
              .eventPattern(rule.pattern())
              .state(rule.state().name())
              .description(before.unmanaged().description().orElse(null))
              .roleArn(before.unmanaged().roleArn().orElse(null)));
    }
    updateTargets(rule, before);
  }

  /**
   * Adds targets before it removes others, so that no event is lost in between. If the rule would
   * have too many targets, it removes as many as needed first.
   */
  private void updateTargets(Rule rule, Rule before) {
    Set<String> wantedIds = ids(rule.targets());
    List<String> unwanted =
        ids(before.targets()).stream().filter(Predicate.not(wantedIds::contains)).sorted().toList();
    int tooMany = Math.max(0, wantedIds.size() + unwanted.size() - BusQuotas.TARGETS_OF_A_RULE);
    removeTargets(before, unwanted.subList(0, tooMany));
    List<Target> changed =
        rule.targets().stream().filter(Predicate.not(before.targets()::contains)).toList();
    if (!changed.isEmpty()) {
      Map<String, software.amazon.awssdk.services.eventbridge.model.Target> there =
          described(rule.key()).collect(Collectors.toMap(it -> it.id(), Function.identity()));
      putTargets(
          rule, changed.stream().map(it -> request(it, there.getOrDefault(it.id(), NEW))).toList());
    }
    removeTargets(before, unwanted.subList(tooMany, unwanted.size()));
  }

  void delete(Rule rule) {
    try {
      removeTargets(rule, ids(rule.targets()));
      events.deleteRule(it -> it.eventBusName(rule.key().bus().name()).name(rule.key().name()));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
  }

  private Set<Target> targets(RuleKey rule) {
    return described(rule).map(Rules::target).collect(Collectors.toUnmodifiableSet());
  }

  private Stream<software.amazon.awssdk.services.eventbridge.model.Target> described(RuleKey rule) {
    List<software.amazon.awssdk.services.eventbridge.model.Target> targets = new ArrayList<>();
    Optional<String> page = Optional.empty();
    do {
      String token = page.orElse(null);
      ListTargetsByRuleResponse answer =
          events.listTargetsByRule(
              it -> it.eventBusName(rule.bus().name()).rule(rule.name()).nextToken(token));
      targets.addAll(answer.targets());
      page = Optional.ofNullable(answer.nextToken());
    } while (page.isPresent());
    return targets.stream();
  }

  private void putTargets(
      Rule rule, List<software.amazon.awssdk.services.eventbridge.model.Target> targets) {
    if (targets.isEmpty()) {
      return;
    }
    PutTargetsResponse answer =
        events.putTargets(it ->
            it.eventBusName(rule.key().bus().name()).rule(rule.key().name()).targets(targets));
    answer.failedEntries().stream()
        .findFirst()
        .ifPresent(entry -> {
          throw failed(rule, entry.targetId(), entry.errorCode(), entry.errorMessage());
        });
  }

  private void removeTargets(Rule rule, Collection<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    RemoveTargetsResponse answer =
        events.removeTargets(
            it -> it.eventBusName(rule.key().bus().name()).rule(rule.key().name()).ids(ids));
    answer.failedEntries().stream()
        .findFirst()
        .ifPresent(entry -> {
          throw failed(rule, entry.targetId(), entry.errorCode(), entry.errorMessage());
        });
  }

  /** EventBridge answers 200 even if it applied only a part of the call. */
  private static AwsFailureException failed(Rule rule, String id, String code, String message) {
    return new AwsFailureException(
        new Conflicting(
            "target %s of rule %s: %s: %s"
                .formatted(id, rule.key().qualifiedName(), code, message)));
  }

  private static Set<String> ids(Collection<Target> targets) {
    return targets.stream().map(Target::id).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The target to send.
   *
   * @param there the target in AWS, whose other attributes stay
   */
  private static software.amazon.awssdk.services.eventbridge.model.Target request(
      Target target, software.amazon.awssdk.services.eventbridge.model.Target there) {
    return there.toBuilder()
        .id(target.id())
        .arn(target.arn())
        .roleArn(target.roleArn().orElse(null))
        .deadLetterConfig(
            target
                .deadLetterArn()
                .map(arn -> DeadLetterConfig.builder().arn(arn).build())
                .orElse(null))
        .sqsParameters(
            target
                .messageGroupId()
                .map(group -> SqsParameters.builder().messageGroupId(group).build())
                .orElse(null))
        .input(null)
        .inputPath(null)
        .inputTransformer((InputTransformer) null)
        .build();
  }

  private static Target target(software.amazon.awssdk.services.eventbridge.model.Target target) {
    return new Target(
        target.id(),
        target.arn(),
        Optional.ofNullable(target.roleArn()),
        Optional.ofNullable(target.deadLetterConfig()).map(DeadLetterConfig::arn),
        Optional.ofNullable(target.sqsParameters()).map(SqsParameters::messageGroupId),
        Stream.of(target.input(), target.inputPath(), target.inputTransformer())
            .filter(Objects::nonNull)
            .map(Object::toString)
            .findFirst());
  }
}
