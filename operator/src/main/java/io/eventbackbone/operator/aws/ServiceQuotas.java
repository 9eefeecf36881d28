package io.eventbackbone.operator.aws;

import io.eventbackbone.api.v1alpha1.AppliedQuotas;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

/** The quotas of EventBridge in one account and Region. */
final class ServiceQuotas {

  private static final String EVENTBRIDGE = "events";

  // Codes in the links of the EventBridge User Guide, "Amazon EventBridge quotas".
  private static final String NUMBER_OF_RULES = "L-244521F2";
  private static final String EVENT_BUS_POLICY_SIZE = "L-FC354966";
  private static final String EVENT_PATTERN_SIZE = "L-664C5505";

  /** One call reads all quotas of EventBridge, which has less than 40. */
  private static final int LARGEST_PAGE = 100;

  private final ServiceQuotasClient client;

  ServiceQuotas(ServiceQuotasClient client) {
    this.client = client;
  }

  /** Leaves out quotas without a value (Service Quotas API Reference, ListServiceQuotas). */
  AppliedQuotas of(String region) {
    Map<String, Integer> values =
        client
            .listServiceQuotasPaginator(it -> it.serviceCode(EVENTBRIDGE).maxResults(LARGEST_PAGE))
            .quotas()
            .stream()
            .filter(quota -> quota.value() != null && quota.errorReason() == null)
            .collect(
                Collectors.toMap(
                    ServiceQuota::quotaCode,
                    quota -> quota.value().intValue(),
                    (one, same) -> one));
    return new AppliedQuotas(
        region,
        values.get(NUMBER_OF_RULES),
        values.get(EVENT_BUS_POLICY_SIZE),
        values.get(EVENT_PATTERN_SIZE));
  }
}
