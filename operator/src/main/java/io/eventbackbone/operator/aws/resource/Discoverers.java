package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.Discoverer;
import io.eventbackbone.core.resource.ResourceKey.DiscovererKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DescribeDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.DiscovererSummary;
import software.amazon.awssdk.services.schemas.model.NotFoundException;

/**
 * Discoverers of schemas. AWS chooses their ids, so their buses tell them. AWS also keeps a managed
 * rule on the bus, which sends the discoverer its events.
 */
final class Discoverers {

  /** API Reference, CreateDiscoverer. */
  private static final boolean CROSS_ACCOUNT_BY_DEFAULT = true;

  private final SchemasClient schemas;
  private final Map<DiscovererKey, String> arns = new ConcurrentHashMap<>();

  Discoverers(SchemasClient schemas) {
    this.schemas = schemas;
  }

  /** The ARN of the discoverer that this process observed or created last. */
  String arn(DiscovererKey key) {
    return Optional.ofNullable(arns.get(key)).orElseThrow();
  }

  private Optional<String> find(DiscovererKey key) {
    Optional<String> found =
        schemas.listDiscoverersPaginator(it -> it.sourceArnPrefix(key.arn())).discoverers().stream()
            .filter(it -> it.sourceArn().equals(key.arn()))
            .map(DiscovererSummary::discovererArn)
            .findFirst();
    found.ifPresentOrElse(arn -> arns.put(key, arn), () -> arns.remove(key));
    return found;
  }

  /** The last part of the ARN (Service Authorization Reference, "Resource types"). */
  private static String id(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** Lists anew each time: somebody may have replaced the discoverer. */
  Optional<Observed> observe(DiscovererKey key) {
    return find(key).flatMap(arn -> describe(key, id(arn)));
  }

  private Optional<Observed> describe(DiscovererKey key, String id) {
    try {
      DescribeDiscovererResponse discoverer = schemas.describeDiscoverer(it -> it.discovererId(id));
      return Optional.of(
          new Observed(
              new Discoverer(
                  key,
                  Optional.ofNullable(discoverer.description()).orElse(""),
                  Optional.ofNullable(discoverer.crossAccount()).orElse(CROSS_ACCOUNT_BY_DEFAULT),
                  Discoverer.State.valueOf(discoverer.stateAsString())),
              discoverer.tags()));
    } catch (NotFoundException goneSinceItWasListed) {
      return Optional.empty();
    }
  }

  void create(Discoverer discoverer, Map<String, String> tags) {
    DiscovererKey key = discoverer.key();
    arns.put(
        key,
        schemas
            .createDiscoverer(it ->
                it.sourceArn(key.arn())
                    .description(discoverer.description())
                    .crossAccount(discoverer.crossAccount())
                    .tags(tags))
            .discovererArn());
  }

  void update(Discoverer after, Discoverer before) {
    String id = id(arn(after.key()));
    if (!after.description().equals(before.description())
        || after.crossAccount() != before.crossAccount()) {
      schemas.updateDiscoverer(it ->
          it.discovererId(id).description(after.description()).crossAccount(after.crossAccount()));
    }
    if (after.state() != before.state()) {
      schemas.startDiscoverer(it -> it.discovererId(id));
    }
  }

  void delete(DiscovererKey key) {
    try {
      String id = id(arn(key));
      schemas.deleteDiscoverer(it -> it.discovererId(id));
    } catch (NotFoundException alreadyGone) {
      // Deleting is done.
    }
    arns.remove(key);
  }
}
