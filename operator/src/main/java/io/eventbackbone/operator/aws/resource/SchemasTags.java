package io.eventbackbone.operator.aws.resource;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.schemas.SchemasClient;

/** The tags of a resource of EventBridge Schemas. */
record SchemasTags(SchemasClient schemas, String arn) implements ResourceTags {

  @Override
  public void put(Map<String, String> tags) {
    schemas.tagResource(it -> it.resourceArn(arn).tags(tags));
  }

  @Override
  public void remove(Set<String> keys) {
    schemas.untagResource(it -> it.resourceArn(arn).tagKeys(keys));
  }
}
