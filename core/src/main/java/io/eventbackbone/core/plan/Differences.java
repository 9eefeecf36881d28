package io.eventbackbone.core.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.core.plan.Change.Difference;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.AwsResource.Archive;
import io.eventbackbone.core.resource.AwsResource.BusPolicy;
import io.eventbackbone.core.resource.AwsResource.Delivery;
import io.eventbackbone.core.resource.AwsResource.DeliveryDestination;
import io.eventbackbone.core.resource.AwsResource.DeliverySource;
import io.eventbackbone.core.resource.AwsResource.Discoverer;
import io.eventbackbone.core.resource.AwsResource.EncryptionKey;
import io.eventbackbone.core.resource.AwsResource.EventBus;
import io.eventbackbone.core.resource.AwsResource.LogConfig;
import io.eventbackbone.core.resource.AwsResource.LogGroup;
import io.eventbackbone.core.resource.AwsResource.LogResourcePolicy;
import io.eventbackbone.core.resource.AwsResource.Queue;
import io.eventbackbone.core.resource.AwsResource.Rule;
import io.eventbackbone.core.resource.AwsResource.Target;
import io.eventbackbone.core.resource.Policies;
import io.eventbackbone.core.resource.PolicyStatement;
import io.eventbackbone.core.resource.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What differs between a wanted resource and the observed one of its key, attribute by attribute.
 */
final class Differences {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String NONE = "none";
  private static final int FOREVER = Integer.MAX_VALUE;

  private final List<Difference> found = new ArrayList<>();

  private Differences() {}

  /** Of a resource's tags. */
  static List<Difference> ofTags(
      Map<String, String> observed, Map<String, String> missing, Set<String> surplus) {
    return Stream.concat(surplus.stream(), missing.keySet().stream())
        .map(key ->
            new Difference(
                "tags[" + key + "]",
                observed.getOrDefault(key, NONE),
                missing.getOrDefault(key, NONE)))
        .toList();
  }

  /** Of what says whose a resource is, and of the tags that specs ask for. */
  static List<Difference> ofMark(AwsResource wanted, Observed observed, Tags tags) {
    return wanted instanceof Archive archive
        ? List.of(
            new Difference(
                "description",
                ((Archive) observed.resource()).description(),
                archive.description()))
        : ofTags(observed.tags(), tags.missingFrom(observed.tags()), Set.of());
  }

  /** The retention that would be shorter than it is, so that AWS would destroy what is older. */
  static Optional<Difference> shortened(AwsResource wanted, AwsResource observed) {
    if (wanted instanceof Queue queue) {
      return shorter(
          "messageRetentionSeconds",
          queue.messageRetentionSeconds(),
          ((Queue) observed).messageRetentionSeconds());
    }
    if (wanted instanceof LogGroup logGroup) {
      int days = ((LogGroup) observed).retentionInDays().orElse(FOREVER);
      return shorter("retentionInDays", logGroup.retentionInDays().orElse(days), days);
    }
    if (wanted instanceof Archive archive) {
      return shorter("retentionDays", days(archive), days((Archive) observed));
    }
    return Optional.empty();
  }

  private static Optional<Difference> shorter(String attribute, int wanted, int observed) {
    return wanted < observed
        ? Optional.of(
            new Difference(
                attribute,
                observed == FOREVER ? "for ever" : Integer.toString(observed),
                Integer.toString(wanted)))
        : Optional.empty();
  }

  private static int days(Archive archive) {
    return archive.retentionDays() == 0 ? FOREVER : archive.retentionDays();
  }

  static List<Difference> between(AwsResource wanted, AwsResource observed) {
    Differences differences = new Differences();
    if (wanted instanceof EventBus bus) {
      differences.ofBus(bus, (EventBus) observed);
    } else if (wanted instanceof BusPolicy policy) {
      differences.ofStatements(policy.statements(), ((BusPolicy) observed).statements());
    } else if (wanted instanceof Rule rule) {
      differences.ofRule(rule, (Rule) observed);
    } else if (wanted instanceof Queue queue) {
      differences.ofQueue(queue, (Queue) observed);
    } else if (wanted instanceof LogGroup logGroup) {
      differences.ofLogGroup(logGroup, (LogGroup) observed);
    } else if (wanted instanceof LogResourcePolicy policy) {
      differences.attribute(
          "policyDocument",
          Policies.canonical(((LogResourcePolicy) observed).document()),
          Policies.canonical(policy.document()));
    } else if (wanted instanceof Archive archive) {
      differences.ofArchive(archive, (Archive) observed);
    } else if (wanted instanceof Discoverer discoverer) {
      differences.ofDiscoverer(discoverer, (Discoverer) observed);
    } else if (wanted instanceof DeliverySource source) {
      differences.ofSource(source, (DeliverySource) observed);
    } else if (wanted instanceof DeliveryDestination destination) {
      differences.attribute(
          "destinationResourceArn",
          ((DeliveryDestination) observed).destinationResourceArn(),
          destination.destinationResourceArn());
    } else if (wanted instanceof Delivery delivery) {
      differences.attribute(
          "deliveryDestinationArn",
          ((Delivery) observed).destinationArn(),
          delivery.destinationArn());
    }
    return List.copyOf(differences.found);
  }

  private void ofBus(EventBus wanted, EventBus observed) {
    wanted
        .encryption()
        .ifPresent(key ->
            attribute(
                "kmsKeyIdentifier",
                observed.encryption().flatMap(EncryptionKey::kmsKeyIdentifier),
                key.kmsKeyIdentifier()));
    wanted
        .logConfig()
        .ifPresent(config -> ofLogConfig(config, observed.logConfig().orElse(LogConfig.OFF)));
  }

  private void ofLogConfig(LogConfig wanted, LogConfig observed) {
    attribute("logConfig.level", observed.level(), wanted.level());
    attribute("logConfig.includeDetail", observed.includeDetail(), wanted.includeDetail());
  }

  private void ofRule(Rule wanted, Rule observed) {
    attribute("eventPattern", json(observed.pattern()), json(wanted.pattern()));
    attribute("state", observed.state(), wanted.state());
    Map<String, Target> before = byKey(observed.targets(), Target::id);
    Map<String, Target> after = byKey(wanted.targets(), Target::id);
    for (String id : union(before, after)) {
      attribute(
          "targets[" + id + "]",
          Optional.ofNullable(before.get(id)).map(Differences::text),
          Optional.ofNullable(after.get(id)).map(Differences::text));
    }
  }

  private void ofQueue(Queue wanted, Queue observed) {
    attribute(
        "contentBasedDeduplication",
        observed.contentBasedDeduplication(),
        wanted.contentBasedDeduplication());
    named(
        "visibilityTimeoutSeconds",
        observed.visibilityTimeoutSeconds(),
        wanted.visibilityTimeoutSeconds());
    attribute(
        "messageRetentionSeconds",
        observed.messageRetentionSeconds(),
        wanted.messageRetentionSeconds());
    named("redrive", observed.redrive(), wanted.redrive());
    ofStatements(wanted.statements(), observed.statements());
  }

  private void ofLogGroup(LogGroup wanted, LogGroup observed) {
    named("retentionInDays", observed.retentionInDays(), wanted.retentionInDays());
  }

  private void ofArchive(Archive wanted, Archive observed) {
    attribute("retentionDays", observed.retentionDays(), wanted.retentionDays());
    attribute(
        "eventPattern",
        observed.pattern().map(Differences::json),
        wanted.pattern().map(Differences::json));
    attribute("description", observed.description(), wanted.description());
  }

  private void ofDiscoverer(Discoverer wanted, Discoverer observed) {
    attribute("description", observed.description(), wanted.description());
    attribute("crossAccount", observed.crossAccount(), wanted.crossAccount());
    attribute("state", observed.state(), wanted.state());
  }

  private void ofSource(DeliverySource wanted, DeliverySource observed) {
    attribute("resourceArn", observed.resourceArn(), wanted.resourceArn());
    attribute("logType", observed.logType(), wanted.logType());
  }

  /** Statements of other Sids are others', and no difference. */
  private void ofStatements(
      Collection<PolicyStatement> wanted, Collection<PolicyStatement> observed) {
    Map<String, PolicyStatement> before =
        byKey(observed.stream().filter(PolicyStatement::isOurs).toList(), PolicyStatement::sid);
    Map<String, PolicyStatement> after = byKey(wanted, PolicyStatement::sid);
    for (String sid : union(before, after)) {
      attribute(
          "policy[" + sid + "]",
          Optional.ofNullable(before.get(sid)).map(PolicyStatement::toString),
          Optional.ofNullable(after.get(sid)).map(PolicyStatement::toString));
    }
  }

  /** What nobody names stays as it is. */
  private void named(String name, Optional<?> from, Optional<?> to) {
    if (to.isPresent()) {
      attribute(name, from, to);
    }
  }

  private void attribute(String name, Optional<?> from, Optional<?> to) {
    attribute(name, from.map(Object::toString).orElse(NONE), to.map(Object::toString).orElse(NONE));
  }

  private void attribute(String name, Object from, Object to) {
    if (!from.equals(to)) {
      found.add(new Difference(name, from.toString(), to.toString()));
    }
  }

  private static String text(Target target) {
    return target.arn()
        + target.roleArn().map(arn -> " by " + arn).orElse("")
        + target.deadLetterArn().map(arn -> ", dead letters to " + arn).orElse("")
        + target.messageGroupId().map(group -> ", group " + group).orElse("")
        + target.input().map(input -> ", sent " + input).orElse("");
  }

  /** Patterns are equal whatever their white space and the order of their fields. */
  private static JsonNode json(String pattern) {
    try {
      return JSON.readTree(pattern);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("EventBridge returned a pattern that is no JSON", e);
    }
  }

  private static <T> Map<String, T> byKey(Collection<T> values, Function<T, String> key) {
    return values.stream()
        .collect(Collectors.toMap(key, Function.identity(), (a, b) -> a, TreeMap::new));
  }

  private static Iterable<String> union(Map<String, ?> one, Map<String, ?> other) {
    TreeSet<String> keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    return keys;
  }
}
