package io.eventbackbone.verification.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Whether docs/sandbox.md says of all operations that Amazon's SDK knows if the sandbox has them.
 */
class DocumentedOperationsIT {

  /**
   * The services, and how each refuses what it doesn't have. STS has two operations that nobody
   * signs, so that they find no service at all.
   */
  private static final Map<String, List<String>> SERVICES =
      Map.of(
          "cloudwatch", List.of("UnknownOperationException"),
          "events", List.of("UnknownOperationException"),
          "iam", List.of("InvalidAction"),
          "logs", List.of("UnknownOperationException"),
          "resourcegroupstaggingapi", List.of("UnknownOperationException"),
          "service-quotas", List.of("UnknownOperationException"),
          "schemas", List.of("UnknownOperationException"),
          "sqs", List.of("AWS.SimpleQueueService.UnsupportedOperation"),
          "sts", List.of("InvalidAction", "MissingAuthenticationToken"));

  /** Services of which the sandbox refuses too many operations to name them. */
  private static final Set<String> TOO_LARGE = Set.of("cloudwatch", "iam");

  @Test
  void theDocumentationHasThemAll() throws IOException {
    try (Aws aws = Aws.sandbox()) {
      JsonNode refusals =
          new Boto3(getClass(), aws.endpoint())
              .operations(SERVICES.keySet().toArray(String[]::new));
      List<String> rows = new ArrayList<>();
      SERVICES.forEach((service, codes) -> rows.add(row(service, codes, refusals.get(service))));
      assertThat(Files.readString(Path.of("../..", "docs", "sandbox.md"))).contains(rows);
    }
  }

  private static String row(String service, List<String> codes, JsonNode refusals) {
    Set<String> had = new TreeSet<>();
    Set<String> refused = new TreeSet<>();
    refusals
        .properties()
        .forEach(
            it -> (codes.contains(it.getValue().textValue()) ? refused : had).add(it.getKey()));
    String left =
        TOO_LARGE.contains(service)
            ? "the other %d,".formatted(refused.size())
            : String.join(", ", refused) + ";";
    return refused.isEmpty()
        ? "| `%s` | %s | none |".formatted(service, String.join(", ", had))
        : "| `%s` | %s | %s as `%s` |"
            .formatted(service, String.join(", ", had), left, String.join("` or `", codes));
  }
}
