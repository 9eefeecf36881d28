package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.resource.ListedRules;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.operator.aws.failure.FailureTranslation;
import io.eventbackbone.operator.aws.resource.SharedList.Listing;
import io.eventbackbone.operator.aws.resource.SharedList.Pages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/**
 * The lists of an account and Region: rules from ListRules, and tags from GetResources of the
 * Resource Groups Tagging API, which shows new tags only after a while.
 */
public final class SharedLists {

  /** The greatest age of a list that replaces a description of a rule. */
  private static final Duration RECENT = Duration.ofSeconds(5);

  /** One call lists the tags of an account's bus, rules, queues and log group. */
  private static final int ONE_RESOURCE = 1;

  /** For a single rule a description is enough, and cheaper than ten pages of a large backbone. */
  private static final int TWO_RULES = 2;

  private final EventBridgeClient events;
  private final ResourceGroupsTaggingApiClient tagging;
  private final FailureTranslation failures;
  private final InstantSource clock;
  private final SharedList<Map<String, Map<String, String>>> tags;
  private final Map<EventBusKey, SharedList<Map<String, Rule>>> rules = new ConcurrentHashMap<>();
  private final Map<RuleKey, Instant> writtenRules = new ConcurrentHashMap<>();

  public SharedLists(
      EventBridgeClient events,
      ResourceGroupsTaggingApiClient tagging,
      FailureTranslation failures,
      InstantSource clock) {
    this.events = events;
    this.tagging = tagging;
    this.failures = failures;
    this.clock = clock;
    this.tags = new SharedList<>(ONE_RESOURCE, this::listTags, failures, clock);
  }

  /** For an observation before writes. */
  public Lists exact() {
    return new Lists() {
      @Override
      public Optional<Map<String, Rule>> rulesWith(RuleKey rule) {
        return rulesOfAge(RECENT, rule);
      }

      @Override
      public Optional<Map<String, String>> tags(ResourceKey key) {
        return Optional.empty();
      }
    };
  }

  /** For an observation that tells whether a closer one is needed. */
  public Lists ofAge(Duration oldest) {
    return new Lists() {
      @Override
      public Optional<Map<String, Rule>> rulesWith(RuleKey rule) {
        return rulesOfAge(oldest, rule);
      }

      @Override
      public Optional<Map<String, String>> tags(ResourceKey key) {
        return tags.ofAge(oldest).map(it -> it.content().get(key.arn()));
      }
    };
  }

  /**
   * The tags of a resource that the operator manages. Empty: the list has no such resource, or the
   * role may not list them.
   */
  public Optional<Map<String, String>> listedTags(ResourceKey key, Duration oldest) {
    return tags.readOfAge(oldest).map(it -> it.content().get(key.arn()));
  }

  /** Records that a resource was, or may have been, written: older lists of rules lack it. */
  public void written(ResourceKey key) {
    if (key instanceof RuleKey rule) {
      writtenRules.put(rule, clock.instant());
    }
  }

  private Optional<Map<String, Rule>> rulesOfAge(Duration oldest, RuleKey rule) {
    // Read this before the list: a newer list removes it.
    Instant written = writtenRules.getOrDefault(rule, Instant.MIN);
    Optional<Listing<Map<String, Rule>>> list = rules(rule.bus()).ofAge(oldest);
    list.ifPresent(it -> forgetWrittenBefore(it.begun(), rule.bus()));
    return list.filter(it -> it.begun().isAfter(written)).map(Listing::content);
  }

  /** Removes the writes that the list contains, because it began later. */
  private void forgetWrittenBefore(Instant begun, EventBusKey bus) {
    writtenRules
        .entrySet()
        .removeIf(it -> it.getValue().isBefore(begun) && it.getKey().bus().equals(bus));
  }

  /** All rules of a bus except those written since. Empty: the role may not list them. */
  public Optional<ListedRules> allRules(EventBusKey bus, Duration oldest) {
    Map<RuleKey, Instant> written = Map.copyOf(writtenRules);
    return rules(bus).readOfAge(oldest).map(listing -> listed(bus, listing, written));
  }

  private static ListedRules listed(
      EventBusKey bus, Listing<Map<String, Rule>> listing, Map<RuleKey, Instant> written) {
    List<Rule> known =
        listing.content().values().stream()
            .filter(rule ->
                listing.begun().isAfter(written.getOrDefault(bus.rule(rule.name()), Instant.MIN)))
            .toList();
    return new ListedRules(
        names(known, rule -> rule.managedBy() == null),
        names(known, rule -> rule.managedBy() == null && hasWildcards(rule)),
        names(known, rule -> rule.managedBy() != null));
  }

  private static Set<String> names(List<Rule> rules, Predicate<Rule> which) {
    return rules.stream().filter(which).map(Rule::name).collect(Collectors.toUnmodifiableSet());
  }

  private static boolean hasWildcards(Rule rule) {
    return rule.eventPattern() != null && new EventPattern(rule.eventPattern()).hasWildcards();
  }

  private SharedList<Map<String, Rule>> rules(EventBusKey bus) {
    return rules.computeIfAbsent(
        bus, key -> new SharedList<>(TWO_RULES, () -> listRules(key.name()), failures, clock));
  }

  private Pages<Map<String, Rule>> listRules(String bus) {
    Map<String, Rule> byName = new HashMap<>();
    int pages = 0;
    Optional<String> page = Optional.empty();
    do {
      String token = page.orElse(null);
      ListRulesResponse answer = events.listRules(it -> it.eventBusName(bus).nextToken(token));
      answer.rules().forEach(rule -> byName.put(rule.name(), rule));
      pages++;
      page = Optional.ofNullable(answer.nextToken());
    } while (page.isPresent());
    return new Pages<>(byName, pages);
  }

  private Pages<Map<String, Map<String, String>>> listTags() {
    Map<String, Map<String, String>> byArn = new HashMap<>();
    int pages = 0;
    GetResourcesRequest ours =
        GetResourcesRequest.builder()
            .resourcesPerPage(100)
            .tagFilters(
                TagFilter.builder().key(Owner.MANAGED_BY_TAG).values(Owner.MANAGED_BY).build())
            .build();
    for (GetResourcesResponse answer : tagging.getResourcesPaginator(ours)) {
      answer
          .resourceTagMappingList()
          .forEach(resource -> byArn.put(resource.resourceARN(), tags(resource)));
      pages++;
    }
    return new Pages<>(byArn, pages);
  }

  private static Map<String, String> tags(ResourceTagMapping resource) {
    return resource.tags().stream().collect(Collectors.toUnmodifiableMap(Tag::key, Tag::value));
  }
}
