package io.eventbackbone.operator.topology.pattern;

import static io.eventbackbone.operator.topology.pattern.Patterns.QUOTA;
import static io.eventbackbone.operator.topology.pattern.Patterns.pattern;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Conventions;
import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnEventsTest {

  private static final Receiver ORDERS = new Receiver("222222222222", "order-service");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      textBlock =
          """
          ACCOUNT | {}                                                | {'account':[{'anything-but':['222222222222']}]}
          SOURCE  | {}                                                | {'source':[{'anything-but':['order-service']}]}
          ACCOUNT | {'detail-type':['A.B']}                           | {'account':[{'anything-but':['222222222222']}],'detail-type':['A.B']}
          ACCOUNT | {'source':['order-service']}                      | {'account':[{'anything-but':['222222222222']}],'source':['order-service']}
          ACCOUNT | {'$or':[{'region':['r']},{'detail':{'a':[1]}}]}   | {'account':[{'anything-but':['222222222222']}],'$or':[{'region':['r']},{'detail':{'a':[1]}}]}
          ACCOUNT | {'account':['333333333333']}                      | {'account':['333333333333']}
          ACCOUNT | {'account':['222222222222','333333333333']}       | {'account':['333333333333']}
          ACCOUNT | {'account':['222222222222']}                      | none
          ACCOUNT | {'account':[{'prefix':'3'}]}                      | none
          ACCOUNT | {'account':['333333333333',{'prefix':'4'}]}       | none
          ACCOUNT | {'account':[{'anything-but':['333333333333']}]}   | none
          ACCOUNT | {'$or':[{'region':['r']},{'account':['333333333333']}]} | none
          SOURCE  | {'account':[{'prefix':'3'}]}                      | {'account':[{'prefix':'3'}],'source':[{'anything-but':['order-service']}]}
          """)
  void areLeftOutWhereOnePatternCanSayIt(SenderMatch match, String filter, String others) {
    assertThat(
            new OwnEvents(match, ORDERS)
                .leftOutOf(pattern(filter), QUOTA)
                .map(it -> it.text().replace('"', '\'')))
        .isEqualTo(java.util.Optional.ofNullable(others));
  }

  @Test
  void whatIsTooLongWithThemLeftOutIsNotSaid() {
    OwnEvents own = new OwnEvents(SenderMatch.ACCOUNT, ORDERS);
    List<String> types = IntStream.range(0, 100).mapToObj("Order.Created%010d"::formatted).toList();
    EventFilter fits = new EventFilter(types.subList(0, 70), null);
    EventFilter full = new EventFilter(types.subList(0, 77), null);
    assertThat(Filters.check(full, new Conventions(null, null), QUOTA))
        .isInstanceOf(FilterVerdict.Accepted.class);
    assertThat(own.leftOutOf(fits, QUOTA)).isPresent();
    assertThat(own.leftOutOf(full, new PatternQuota(2_200, ""))).isPresent();
    assertThat(own.leftOutOf(full, QUOTA))
        .as(types.stream().collect(Collectors.joining()))
        .isEmpty();
  }
}
