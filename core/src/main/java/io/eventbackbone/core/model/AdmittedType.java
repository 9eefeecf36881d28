package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.core.contract.Evolution.Version;
import java.util.List;

/**
 * An event type that holds its detail type in the backbone.
 *
 * @param bus of the producer
 * @param versions with their schemas, oldest first; at least one
 */
public record AdmittedType(EventType resource, AdmittedBus bus, List<Version> versions) {

  public AdmittedType {
    versions = List.copyOf(versions);
  }

  public String detailType() {
    return resource.getSpec().detailType();
  }

  /** The version that the producer writes. */
  public Version latest() {
    return versions.get(versions.size() - 1);
  }

  /** The versions that a replay may bring besides the latest. */
  public List<Version> earlier() {
    return versions.subList(0, versions.size() - 1);
  }
}
