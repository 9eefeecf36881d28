package io.eventbackbone.sandbox.servicequotas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.api.AwsService;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Paging;
import io.eventbackbone.sandbox.api.Quota;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import io.eventbackbone.sandbox.errors.ServiceQuotasErrors;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Service Quotas: ListServiceQuotas, with the limits that the sandbox's services really have. */
public final class ServiceQuotasService implements AwsService {

  private static final Set<String> MEMBERS = Set.of("ServiceCode", "MaxResults", "NextToken");
  private static final Paging PAGING =
      new Paging("MaxResults", 100, "NextToken", ServiceQuotasErrors::invalidToken);

  private final Authorizer authorizer;
  private final Map<String, List<Quota>> quotas;

  /**
   * @param quotas by service code
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
  public ServiceErrors errors() {
    return ServiceQuotasErrors.SERVICE_QUOTAS;
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of("ListServiceQuotas", this::list);
  }

  /** The Service Authorization Reference has no resource for it. */
  private ObjectNode list(Request request) {
    authorizer.authorize(request.caller(), request.access("*"));
    Members input = request.input().requireOnly(request.action(), MEMBERS);
    String service = input.requiredNonEmptyText("ServiceCode");
    List<Quota> listed =
        Optional.ofNullable(quotas.get(service))
            .orElseThrow(() -> ServiceQuotasErrors.notFound("there is no service " + service));
    NavigableMap<String, Quota> byCode = new TreeMap<>();
    listed.forEach(quota -> byCode.put(quota.code(), quota));
    return PAGING.answer("Quotas", byCode, input, quota -> toJson(quota, service, request.home()));
  }

  private static ObjectNode toJson(Quota quota, String service, Home home) {
    return Json.object()
        .put("ServiceCode", service)
        .put("QuotaArn", home.arn("servicequotas", service + "/" + quota.code()))
        .put("QuotaCode", quota.code())
        .put("QuotaName", quota.name())
        .put("Value", (double) quota.value())
        .put("Unit", "None")
        .put("Adjustable", true)
        .put("GlobalQuota", false)
        .put("QuotaAppliedAtLevel", "ACCOUNT");
  }
}
