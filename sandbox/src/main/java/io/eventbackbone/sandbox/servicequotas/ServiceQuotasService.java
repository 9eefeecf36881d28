package io.eventbackbone.sandbox.servicequotas;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.Authorizer;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.AwsService;
import io.eventbackbone.sandbox.Call;
import io.eventbackbone.sandbox.Quota;
import io.eventbackbone.sandbox.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Service Quotas: ListServiceQuotas, with the limits that the sandbox's services really have. */
public final class ServiceQuotasService implements AwsService {

  private static final Set<String> MEMBERS = Set.of("ServiceCode", "MaxResults", "NextToken");
  private static final int LARGEST_PAGE = 100;

  private final Authorizer authorizer;
  private final Map<String, List<Quota>> quotas;

  /**
   * @param quotas by service code, in the order in which they are listed
   */
  public ServiceQuotasService(Authorizer authorizer, Map<String, List<Quota>> quotas) {
    this.authorizer = authorizer;
    this.quotas = Map.copyOf(quotas);
  }

  @Override
  public String name() {
    return "servicequotas";
  }

  @Override
  public ObjectNode handle(Call call) {
    if (!call.operation().equals("ListServiceQuotas")) {
      throw AwsException.badRequest(
          "UnknownOperationException", "the sandbox has no servicequotas:" + call.operation());
    }
    return list(call);
  }

  /** The Service Authorization Reference has no resource for it. */
  private ObjectNode list(Call call) {
    authorizer.authorize(
        call.caller(),
        "servicequotas:ListServiceQuotas",
        "*",
        call.caller().accountId(),
        RequestContext.NONE,
        Optional.empty());
    requireKnown(call);
    String service = call.input().path("ServiceCode").asText();
    if (service.isEmpty()) {
      throw illegal("ServiceCode must be given");
    }
    List<Quota> all =
        Optional.ofNullable(quotas.get(service))
            .orElseThrow(() ->
                AwsException.badRequest(
                    "NoSuchResourceException", "there is no service " + service));
    return page(call, service, all);
  }

  /** Members that filter, left out unnoticed, would change the answer. */
  private static void requireKnown(Call call) {
    call.input()
        .fieldNames()
        .forEachRemaining(member -> {
          if (!MEMBERS.contains(member)) {
            throw illegal(
                "the sandbox does not implement member %s of servicequotas:ListServiceQuotas"
                    .formatted(member));
          }
        });
  }

  /** The token of a page is the number of quotas on the pages before it. */
  private static ObjectNode page(Call call, String service, List<Quota> all) {
    int most = call.input().path("MaxResults").asInt(LARGEST_PAGE);
    if (most < 1 || most > LARGEST_PAGE) {
      throw illegal("MaxResults is from 1 to " + LARGEST_PAGE);
    }
    String token = call.input().path("NextToken").asText("0");
    if (!token.matches("\\d{1,9}") || Integer.parseInt(token) > all.size()) {
      throw AwsException.badRequest("InvalidPaginationTokenException", "NextToken is not valid");
    }
    int from = Integer.parseInt(token);
    int to = Math.min(all.size(), from + most);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode shown = answer.putArray("Quotas");
    all.subList(from, to).forEach(quota -> write(quota, service, call, shown.addObject()));
    if (to < all.size()) {
      answer.put("NextToken", Integer.toString(to));
    }
    return answer;
  }

  private static void write(Quota quota, String service, Call call, ObjectNode output) {
    output
        .put("ServiceCode", service)
        .put(
            "QuotaArn",
            "arn:aws:servicequotas:%s:%s:%s/%s"
                .formatted(call.region(), call.caller().accountId(), service, quota.code()))
        .put("QuotaCode", quota.code())
        .put("QuotaName", quota.name())
        .put("Value", (double) quota.value())
        .put("Unit", "None")
        .put("Adjustable", true)
        .put("GlobalQuota", false)
        .put("QuotaAppliedAtLevel", "ACCOUNT");
  }

  private static AwsException illegal(String message) {
    return AwsException.badRequest("IllegalArgumentException", message);
  }
}
