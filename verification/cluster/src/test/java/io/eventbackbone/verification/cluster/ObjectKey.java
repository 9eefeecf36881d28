package io.eventbackbone.verification.cluster;

/**
 * A custom resource by its identity.
 *
 * @param namespace empty: the kind is cluster-scoped
 */
record ObjectKey(String kind, String namespace, String name) {

  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
