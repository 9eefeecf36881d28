package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.model.BusQuotas;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.AwsResource.OthersAttributes;
import io.eventbackbone.core.resource.AwsResource.Rule;
import io.eventbackbone.core.resource.AwsResource.RuleState;
import io.eventbackbone.core.resource.AwsResource.Target;
import io.eventbackbone.core.resource.ResourceKey;
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
public final class Rules implements ResourceApi {

  private static final software.amazon.awssdk.services.eventbridge.model.Target NEW =
      software.amazon.awssdk.services.eventbridge.model.Target.builder().build();

  private final EventBridgeClient events;

  public Rules(EventBridgeClient events) {
    this.events = events;
  }

  @Override
  public Set<ResourceKey.Type> types() {
    return Set.of(ResourceKey.Type.RULE, ResourceKey.Type.LOG_RULE);
  }

  @Override
  public Optional<Observed> observe(ResourceKey key, Lists lists) {
    String bus = bus(key);
    String name = name(key);
    try {
      Optional<Described> rule =
          lists
              .rules(bus, key)
              .map(rules -> Optional.ofNullable(rules.get(name)).map(Described::of))
              .orElseGet(() -> Optional.of(describe(bus, name)));
      return rule.map(it ->
          new Observed(
              new Rule(
                  key.scope(),
                  bus,
                  name,
                  it.pattern(),
                  it.state(),
                  targets(bus, name),
                  it.others()),
              EventBridgeTags.of(events, key, lists)));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private Described describe(String bus, String rule) {
    return Described.of(events.describeRule(it -> it.eventBusName(bus).name(rule)));
  }

  /** What ListRules and DescribeRule both tell. */
  private record Described(String pattern, RuleState state, OthersAttributes others) {

    static Described of(DescribeRuleResponse rule) {
      return of(rule.eventPattern(), rule.stateAsString(), rule.description(), rule.roleArn());
    }

    static Described of(software.amazon.awssdk.services.eventbridge.model.Rule rule) {
      return of(rule.eventPattern(), rule.stateAsString(), rule.description(), rule.roleArn());
    }

    private static Described of(String pattern, String state, String description, String roleArn) {
      return new Described(
          Optional.ofNullable(pattern).orElse("{}"),
          state.equals(RuleState.DISABLED.name()) ? RuleState.DISABLED : RuleState.ENABLED,
          new OthersAttributes(Optional.ofNullable(description), Optional.ofNullable(roleArn)));
    }
  }

  @Override
  public void create(AwsResource wanted, Map<String, String> tags) {
    Rule rule = (Rule) wanted;
    events.putRule(it ->
        it.eventBusName(rule.bus())
            .name(rule.name())
            .eventPattern(rule.pattern())
            .state(rule.state().name())
            .tags(EventBridgeTags.list(tags)));
    putTargets(rule, rule.targets().stream().map(it -> request(it, NEW)).toList());
  }

  /**
   * PutRule and PutTargets replace every attribute, so those that the operator does not set are
   * sent as they are: a description, a retry policy.
   */
  @Override
  public void update(AwsResource wanted, AwsResource observed) {
    Rule rule = (Rule) wanted;
    Rule before = (Rule) observed;
    if (!rule.pattern().equals(before.pattern()) || rule.state() != before.state()) {
      events.putRule(it ->
          it.eventBusName(rule.bus())
              .name(rule.name())
              .eventPattern(rule.pattern())
              .state(rule.state().name())
              .description(before.others().description().orElse(null))
              .roleArn(before.others().roleArn().orElse(null)));
    }
    updateTargets(rule, before);
  }

  /**
   * Targets are added before others are removed, so that no event falls between. Those that leave
   * no room for what is added go first.
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
          described(rule.bus(), rule.name())
              .collect(Collectors.toMap(it -> it.id(), Function.identity()));
      putTargets(
          rule, changed.stream().map(it -> request(it, there.getOrDefault(it.id(), NEW))).toList());
    }
    removeTargets(before, unwanted.subList(tooMany, unwanted.size()));
  }

  @Override
  public void tag(ResourceKey key, Map<String, String> tags) {
    EventBridgeTags.put(events, key, tags);
  }

  @Override
  public void untag(ResourceKey key, Set<String> tagKeys) {
    EventBridgeTags.remove(events, key, tagKeys);
  }

  @Override
  public void delete(AwsResource observed) {
    Rule rule = (Rule) observed;
    try {
      removeTargets(rule, ids(rule.targets()));
      events.deleteRule(it -> it.eventBusName(rule.bus()).name(rule.name()));
    } catch (ResourceNotFoundException alreadyGone) {
      // Deleting is done.
    }
  }

  private Set<Target> targets(String bus, String rule) {
    return described(bus, rule).map(Rules::target).collect(Collectors.toUnmodifiableSet());
  }

  private Stream<software.amazon.awssdk.services.eventbridge.model.Target> described(
      String bus, String rule) {
    List<software.amazon.awssdk.services.eventbridge.model.Target> targets = new ArrayList<>();
    Optional<String> page = Optional.empty();
    do {
      String token = page.orElse(null);
      ListTargetsByRuleResponse answer =
          events.listTargetsByRule(it -> it.eventBusName(bus).rule(rule).nextToken(token));
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
        events.putTargets(it -> it.eventBusName(rule.bus()).rule(rule.name()).targets(targets));
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
        events.removeTargets(it -> it.eventBusName(rule.bus()).rule(rule.name()).ids(ids));
    answer.failedEntries().stream()
        .findFirst()
        .ifPresent(entry -> {
          throw failed(rule, entry.targetId(), entry.errorCode(), entry.errorMessage());
        });
  }

  /** EventBridge answers 200 to a call of which it did a part. */
  private static AwsFailureException failed(Rule rule, String id, String code, String message) {
    return new AwsFailureException(
        new Conflicting(
            "target %s of rule %s/%s: %s: %s"
                .formatted(id, rule.bus(), rule.name(), code, message)));
  }

  private static Set<String> ids(Collection<Target> targets) {
    return targets.stream().map(Target::id).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The target as it shall be.
   *
   * @param there the target as it is
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

  private static String bus(ResourceKey key) {
    return List.of(key.name().split("/")).get(0);
  }

  private static String name(ResourceKey key) {
    return List.of(key.name().split("/")).get(1);
  }
}
