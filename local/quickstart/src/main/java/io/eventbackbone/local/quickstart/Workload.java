package io.eventbackbone.local.quickstart;

import io.eventbackbone.local.launcher.ProgramFailure;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Deployment of one container, as what a kubelet would start of it.
 *
 * @param program last part of the image's name
 * @param account number of the AWS account whose role the pod's service account has
 * @param environment the container's variables, envFrom's included
 * @param readinessPath HTTP path of the readiness probe
 */
record Workload(
    String name,
    String program,
    String account,
    Map<String, String> environment,
    String readinessPath) {

  /** What EKS's IAM roles for service accounts go by. */
  private static final String ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";

  private static final Pattern IMAGE = Pattern.compile("(?:.*/)?([^/:@]+)(?:[:@].*)?");
  private static final Pattern ROLE = Pattern.compile("arn:[^:]+:iam::(\\d{12}):role/.+");

  /** Names of the Secrets that a Deployment's variables come from. */
  static List<String> secrets(Deployment deployment) {
    return container(deployment).getEnvFrom().stream().map(Workload::secretName).toList();
  }

  /** The workload of a Deployment whose Secrets, in the order of {@link #secrets}, are there. */
  static Workload of(Deployment deployment, ServiceAccount identity, List<Secret> secrets) {
    Container container = container(deployment);
    var environment = new LinkedHashMap<String, String>();
    secrets.forEach(
        secret -> secret.getData().forEach((name, value) -> environment.put(name, decoded(value))));
    container
        .getEnv()
        .forEach(variable -> environment.put(variable.getName(), variable.getValue()));
    return new Workload(
        deployment.getMetadata().getName(),
        group(IMAGE, container.getImage()),
        group(ROLE, identity.getMetadata().getAnnotations().get(ROLE_ANNOTATION)),
        environment,
        container.getReadinessProbe().getHttpGet().getPath());
  }

  private static Container container(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  private static String secretName(EnvFromSource source) {
    return source.getSecretRef().getName();
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static String group(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new ProgramFailure("'" + text + "' is not of the form " + pattern);
    }
    return matcher.group(1);
  }
}
