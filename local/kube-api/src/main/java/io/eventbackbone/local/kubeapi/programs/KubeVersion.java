package io.eventbackbone.local.kubeapi.programs;

/** The Kubernetes that is built or downloaded. */
public final class KubeVersion {

  public static final String KUBERNETES = "1.34.2";

  /** Its staging modules (k8s.io/api, …) carry the same version under major 0. */
  static final String STAGING = "0" + KUBERNETES.substring(1);

  /** The etcd that this Kubernetes is built and tested with. */
  static final String ETCD = "3.6.4";

  /** In the notation of kube-api-test: the newest patch release that has been archived. */
  static final String MINOR = "1.34.*";

  private KubeVersion() {}
}
