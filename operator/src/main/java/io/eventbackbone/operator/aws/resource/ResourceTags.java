package io.eventbackbone.operator.aws.resource;

import java.util.Map;
import java.util.Set;

/** The tags of one resource, written by the API of its service. */
interface ResourceTags {

  /** Sets the tags and leaves the other tags of the resource. */
  void put(Map<String, String> tags);

  void remove(Set<String> keys);

  /** A policy has no tags and belongs to the owner of its bus. */
  ResourceTags NONE =
      new ResourceTags() {
        @Override
        public void put(Map<String, String> tags) {}

        @Override
        public void remove(Set<String> keys) {}
      };
}
