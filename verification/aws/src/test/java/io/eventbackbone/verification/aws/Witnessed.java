package io.eventbackbone.verification.aws;

import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster with the operator in it, an AWS, and boto3, which looks at the same AWS. */
@ExtendWith(RealKubeApi.class)
abstract class Witnessed {

  private Aws aws;
  private Boto3 boto3;
  private Cluster cluster;

  /** A new AWS in which nobody has made anything. */
  abstract Aws start();

  @BeforeEach
  void enter(KubernetesClient client) {
    aws = start();
    boto3 = new Boto3(getClass(), aws.endpoint());
    cluster = new Cluster(client, aws.endpoint());
  }

  @AfterEach
  void leave() {
    cluster.close();
    aws.close();
  }

  final Aws aws() {
    return aws;
  }

  final Boto3 boto3() {
    return boto3;
  }

  final Cluster cluster() {
    return cluster;
  }
}
