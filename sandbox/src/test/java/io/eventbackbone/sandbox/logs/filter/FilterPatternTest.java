package io.eventbackbone.sandbox.logs.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterPatternTest {

  private static final String EVENT =
      """
      {"id": "1", "detail-type": "Order.Created", "resources": ["a", "b"], "attempts": 3,
       "detail": {"data": {"country": "DE", "price": 12.50, "gift": true, "note": null},
                  "metadata": {"a.b": "c"}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          { $.detail-type = "Order.Created" }                     ; true
          {$.detail-type="Order.Created"}                         ; true
          { $.detail-type = Order.Created }                       ; true
          { $.detail-type = "Order.*" }                           ; true
          { $.detail-type = "Order" }                             ; false
          { $.detail-type = "order.created" }                     ; false
          { $.detail-type != "Order.Created" }                    ; false
          { $.detail-type != "Order.Cancelled" }                  ; true
          { $.absent = "x" }                                      ; false
          { $.absent != "x" }                                     ; false
          { $.absent NOT EXISTS }                                 ; true
          { $.detail NOT EXISTS }                                 ; false
          { $.detail.data.note NOT EXISTS }                       ; false
          { $.detail.data.note IS NULL }                          ; true
          { $.detail.data.gift IS TRUE }                          ; true
          { $.detail.data.gift is false }                         ; false
          { $.detail.data.country = "DE" && $.attempts > 2 }      ; true
          { $.detail.data.country = "DE" && $.attempts > 3 }      ; false
          { $.detail.data.country = "SE" || $.attempts >= 3 }     ; true
          { $.attempts <= 2.9 }                                   ; false
          { $.attempts < 3e1 }                                    ; true
          { $.detail.data.price = 12.5 }                          ; true
          { $.detail-type > 1 }                                   ; false
          { $.id = 1 }                                            ; false
          { ($.id = "2" || $.id = "1") && $.attempts = 3 }        ; true
          { $.id = "2" || $.id = "1" && $.attempts = 4 }          ; false
          { $.resources[1] = "b" }                                ; true
          { $.resources[2] = "b" }                                ; false
          { $['detail-type'] = "Order.Created" }                  ; true
          { $.detail.metadata['a.b'] = "c" }                      ; true
          { $.detail = "x" }                                      ; false
          """)
  void readsJson(String pattern, boolean matches) {
    assertThat(FilterPattern.parse(pattern).matches(EVENT)).isEqualTo(matches);
    assertThat(FilterPattern.parse(pattern).matches("no JSON")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          order created              ; order created       ; true
          created order              ; order created       ; true
          "created order"            ; order created       ; false
          "say \\"yes\\""            ; they say "yes"      ; true
          order -created             ; order created       ; false
          order -"created twice"     ; order created       ; true
          ?ERROR ?WARN               ; WARN: late          ; true
          ?ERROR ?WARN               ; INFO: in time       ; false
          ORDER                      ; order               ; false
          """)
  void readsTerms(String pattern, String message, boolean matches) {
    assertThat(FilterPattern.parse(pattern).matches(message)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          { $.a }              ; unexpected '}'
          { $.a = }            ; unexpected '}'
          { $.a = "x"          ; it ends too early
          { $.a = "x" } y      ; unexpected 'y'
          { a = "x" }          ; unexpected 'a'
          { $.a > "x" }        ; > takes a number
          { $.a IS "x" }       ; unexpected '"x"'
          { $.a = "x" && }     ; unexpected '}'
          { ($.a = "x" }       ; unexpected '}'
          "open                ; unexpected '"open'
          [a, b]               ; does not implement filter patterns of columns
          %a%                  ; does not implement regular expressions
          { $.a = %a% }        ; does not implement regular expressions
          """)
  void refusesOtherPatterns(String pattern, String why) {
    assertThatThrownBy(() -> FilterPattern.parse(pattern)).hasMessageContaining(why);
  }
}
