package io.eventbackbone.local.benchmark;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Requests that a kube-apiserver has answered about the operator's resources and Events, by verb
 * and resource; watches count when they end.
 */
record ApiServerRequests(Map<String, Long> byKind) {

  private static final Pattern SERIES =
      Pattern.compile("(?m)^apiserver_request_total\\{([^}]*)} (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  static ApiServerRequests of(KubernetesClient client) {
    Map<String, Long> byKind = new TreeMap<>();
    SERIES.matcher(client.raw("/metrics")).results().forEach(series -> add(series, byKind));
    return new ApiServerRequests(byKind);
  }

  private static void add(MatchResult series, Map<String, Long> byKind) {
    Map<String, String> labels = new TreeMap<>();
    LABEL
        .matcher(series.group(1))
        .results()
        .forEach(label -> labels.put(label.group(1), label.group(2)));
    String resource = labels.get("resource");
    if (labels.get("group").equals("eventbackbone.io") || resource.equals("events")) {
      String subresource = labels.get("subresource");
      byKind.merge(
          "%s %s%s"
              .formatted(
                  labels.get("verb"), resource, subresource.isEmpty() ? "" : "/" + subresource),
          (long) Double.parseDouble(series.group(2)),
          Long::sum);
    }
  }

  /** Those since the earlier ones, without the creation of objects by this benchmark. */
  ApiServerRequests byOperatorSince(ApiServerRequests earlier) {
    Map<String, Long> more = new TreeMap<>();
    byKind.forEach(
        (kind, requests) -> more.put(kind, requests - earlier.byKind.getOrDefault(kind, 0L)));
    more.entrySet()
        .removeIf(entry ->
            entry.getValue() == 0
                || (entry.getKey().startsWith("POST") && !entry.getKey().endsWith("events")));
    return new ApiServerRequests(more);
  }
}
