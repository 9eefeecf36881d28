package io.eventbackbone.verification.cluster;

/** What may happen to an operator in a cluster. */
enum ShellFault {
  /** SIGKILL of kube-apiserver, and a new one after a while. */
  API_SERVER_KILLED,
  /** The leader's connections to the API server stay open, and no byte gets through. */
  PATH_HANGS,
  /** etcd restored to a snapshot that is older than the last changes. */
  ETCD_RESTORED,
  /** SIGKILL of the leader. */
  LEADER_KILLED,
  /** SIGTERM of the leader. */
  LEADER_TERMINATED,
  /** SIGSTOP of the leader until another one leads, then SIGCONT. */
  LEADER_STOPPED,
  /** Objects of each kind that the operator can't read. */
  POISON_STORED,
  /** The definitions deleted, all custom resources with them, and applied again. */
  DEFINITIONS_DELETED,
  /** Many subscriptions created and deleted at once. */
  MASS_DELETION,
  /** AWS throttles, fails and loses answers. */
  AWS_FAILS
}
