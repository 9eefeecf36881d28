package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.AwsResource.Discoverer;
import io.eventbackbone.core.resource.AwsResource.DiscovererState;
import io.eventbackbone.core.resource.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DescribeDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.DiscovererSummary;
import software.amazon.awssdk.services.schemas.model.NotFoundException;

/**
 * Discoverers of schemas, which are listed by their bus: their ids are AWS's. What one looks at is
 * done by a managed rule on the bus, which is AWS's, too.
 */
public final class Discoverers implements ResourceApi {

  /** API Reference, CreateDiscoverer. */
  private static final boolean CROSS_ACCOUNT_BY_DEFAULT = true;

  private final SchemasClient schemas;
  private final Map<ResourceKey, String> arns = new ConcurrentHashMap<>();

  public Discoverers(SchemasClient schemas) {
    this.schemas = schemas;
  }

  @Override
  public Set<ResourceKey.Type> types() {
    return Set.of(ResourceKey.Type.DISCOVERER);
  }

  /** ARN of a discoverer that was observed or made. */
  public String arn(ResourceKey key) {
    return Optional.ofNullable(arns.get(key)).orElseThrow();
  }

  private Optional<String> find(ResourceKey key) {
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

  /** Listed anew each time: somebody may have put another one in its place. */
  @Override
  public Optional<Observed> observe(ResourceKey key, Lists lists) {
    return find(key).flatMap(arn -> describe(key, id(arn)));
  }

  private Optional<Observed> describe(ResourceKey key, String id) {
    try {
      DescribeDiscovererResponse discoverer = schemas.describeDiscoverer(it -> it.discovererId(id));
      return Optional.of(
          new Observed(
              new Discoverer(
                  key.scope(),
                  key.name(),
                  Optional.ofNullable(discoverer.description()).orElse(""),
                  Optional.ofNullable(discoverer.crossAccount()).orElse(CROSS_ACCOUNT_BY_DEFAULT),
                  DiscovererState.valueOf(discoverer.stateAsString())),
              discoverer.tags()));
    } catch (NotFoundException goneSinceItWasListed) {
      return Optional.empty();
    }
  }

  @Override
  public void create(AwsResource wanted, Map<String, String> tags) {
    Discoverer discoverer = (Discoverer) wanted;
    ResourceKey key = wanted.key();
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

  @Override
  public void update(AwsResource wanted, AwsResource observed) {
    Discoverer after = (Discoverer) wanted;
    Discoverer before = (Discoverer) observed;
    String id = id(arn(wanted.key()));
    if (!after.description().equals(before.description())
        || after.crossAccount() != before.crossAccount()) {
      schemas.updateDiscoverer(it ->
          it.discovererId(id).description(after.description()).crossAccount(after.crossAccount()));
    }
    if (after.state() != before.state()) {
      schemas.startDiscoverer(it -> it.discovererId(id));
    }
  }

  @Override
  public void tag(ResourceKey key, Map<String, String> tags) {
    String arn = arn(key);
    schemas.tagResource(it -> it.resourceArn(arn).tags(tags));
  }

  @Override
  public void untag(ResourceKey key, Set<String> tagKeys) {
    String arn = arn(key);
    schemas.untagResource(it -> it.resourceArn(arn).tagKeys(tagKeys));
  }

  @Override
  public void delete(AwsResource observed) {
    try {
      String id = id(arn(observed.key()));
      schemas.deleteDiscoverer(it -> it.discovererId(id));
    } catch (NotFoundException alreadyGone) {
      // Deleting is done.
    }
    arns.remove(observed.key());
  }
}
