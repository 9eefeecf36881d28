package io.eventbackbone.local.kubeapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Answers access reviews: every caller may do everything here. No answer depends on the question,
 * which kubectl asks in Protocol Buffers.
 */
final class AccessReviews {

  private static final String AUTHORIZATION = "authorization.k8s.io/v1";
  private static final String AUTHENTICATION = "authentication.k8s.io/v1";

  private AccessReviews() {}

  /** The review with its answer; empty where the path is that of no review. */
  static Optional<ObjectNode> answer(String path) {
    return switch (path) {
      case "/apis/" + AUTHORIZATION + "/selfsubjectaccessreviews" ->
          Optional.of(allowed("SelfSubjectAccessReview"));
      case "/apis/" + AUTHORIZATION + "/subjectaccessreviews" ->
          Optional.of(allowed("SubjectAccessReview"));
      case "/apis/" + AUTHORIZATION + "/selfsubjectrulesreviews" -> Optional.of(rules());
      case "/apis/" + AUTHENTICATION + "/selfsubjectreviews" -> Optional.of(caller());
      default -> Optional.empty();
    };
  }

  private static ObjectNode allowed(String kind) {
    ObjectNode review = review(AUTHORIZATION, kind);
    review.putObject("status").put("allowed", true);
    return review;
  }

  private static ObjectNode rules() {
    ObjectNode review = review(AUTHORIZATION, "SelfSubjectRulesReview");
    ObjectNode status = review.putObject("status").put("incomplete", false);
    ObjectNode onResources = status.putArray("resourceRules").addObject();
    onResources.putArray("verbs").add("*");
    onResources.putArray("apiGroups").add("*");
    onResources.putArray("resources").add("*");
    ObjectNode onPaths = status.putArray("nonResourceRules").addObject();
    onPaths.putArray("verbs").add("*");
    onPaths.putArray("nonResourceURLs").add("*");
    return review;
  }

  private static ObjectNode caller() {
    ObjectNode review = review(AUTHENTICATION, "SelfSubjectReview");
    review.putObject("status").putObject("userInfo").put("username", "everybody");
    return review;
  }

  private static ObjectNode review(String apiVersion, String kind) {
    ObjectNode review =
        JsonNodeFactory.instance.objectNode().put("apiVersion", apiVersion).put("kind", kind);
    review.putObject("spec");
    return review;
  }
}
