package io.eventbackbone.sandbox.servicequotas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.RecordingAuthorizer;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.Call;
import io.eventbackbone.sandbox.api.Quota;
import io.eventbackbone.sandbox.errors.AwsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceQuotasServiceTest {

  private final RecordingAuthorizer authorizer = new RecordingAuthorizer();
  private final ServiceQuotasService service =
      new ServiceQuotasService(
          authorizer,
          Map.of("events", List.of(new Quota("L-1", "Buses", 100), new Quota("L-2", "Rules", 7))));

  @Test
  void aQuotaIsWrittenAsAwsDoes() throws JsonProcessingException {
    assertThat(list("{'ServiceCode':'events'}").at("/Quotas/1"))
        .isEqualTo(
            json(
                """
                {'ServiceCode':'events',
                 'QuotaArn':'arn:aws:servicequotas:eu-west-1:111111111111:events/L-2',
                 'QuotaCode':'L-2','QuotaName':'Rules','Value':7.0,'Unit':'None',
                 'Adjustable':true,'GlobalQuota':false,'QuotaAppliedAtLevel':'ACCOUNT'}
                """));
  }

  @Test
  void pagesFollowEachOther() throws JsonProcessingException {
    ObjectNode first = list("{'ServiceCode':'events','MaxResults':1}");
    ObjectNode last =
        list(
            "{'ServiceCode':'events','MaxResults':1,'NextToken':'%s'}"
                .formatted(first.get("NextToken").asText()));
    assertThat(first.findValuesAsText("QuotaCode")).containsExactly("L-1");
    assertThat(last.findValuesAsText("QuotaCode")).containsExactly("L-2");
    assertThat(last.has("NextToken")).isFalse();
  }

  @Test
  void theRightIsAskedForWithoutAResource() throws JsonProcessingException {
    list("{'ServiceCode':'events'}");
    assertThat(authorizer.last().action()).isEqualTo("servicequotas:ListServiceQuotas");
    assertThat(authorizer.last().resourceArn()).isEqualTo("*");
    authorizer.refuse("servicequotas:ListServiceQuotas");
    assertThat(refusal("ListServiceQuotas", "{'ServiceCode':'events'}"))
        .isEqualTo("AccessDeniedException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ListServiceQuotas | {}                                            | IllegalArgumentException
          ListServiceQuotas | {'ServiceCode':'events','MaxResults':101}     | IllegalArgumentException
          ListServiceQuotas | {'ServiceCode':'events','QuotaCode':'L-1'}    | IllegalArgumentException
          ListServiceQuotas | {'ServiceCode':'events','NextToken':'abc'}    | InvalidPaginationTokenException
          ListServiceQuotas | {'ServiceCode':'lambda'}                      | NoSuchResourceException
          GetServiceQuota   | {'ServiceCode':'events','QuotaCode':'L-1'}    | UnknownOperationException
          """)
  void refusals(String operation, String input, String code) {
    assertThat(refusal(operation, input)).isEqualTo(code);
  }

  private ObjectNode list(String input) throws JsonProcessingException {
    return call("ListServiceQuotas", input);
  }

  private String refusal(String operation, String input) {
    return catchThrowableOfType(AwsException.class, () -> call(operation, input)).code();
  }

  private ObjectNode call(String operation, String input) throws JsonProcessingException {
    return service.handle(
        new Call(
            new Principal.Account("111111111111", "arn:aws:iam::111111111111:root"),
            "eu-west-1",
            operation,
            json(input)));
  }

  private static ObjectNode json(String singleQuoted) throws JsonProcessingException {
    return (ObjectNode) new ObjectMapper().readTree(singleQuoted.replace('\'', '"'));
  }
}
