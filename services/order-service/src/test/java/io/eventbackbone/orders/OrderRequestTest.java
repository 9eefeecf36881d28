package io.eventbackbone.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.orders.OrderRequest.InvalidOrderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderRequestTest {

  @Test
  void anOrderHasACustomerAndItems() {
    OrderRequest request =
        OrderRequest.of("{\"customer\":\"Ada\",\"items\":[{\"sku\":\"tea\",\"quantity\":2}]}");
    assertThat(request.customer()).isEqualTo("Ada");
    assertThat(request.items()).containsExactly(new Order.Item("tea", 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no json | is not JSON, or more",
        "{}{} | more than one JSON value",
        "{\"customer\":\"Ada\"} garbage | more than one JSON value",
        "[] | must be a JSON object",
        "{} | customer is missing",
        "{\"customer\":\"Ada\"} | items must be a list",
        "{\"customer\":\"Ada\",\"items\":[]} | at least one item",
        "{\"customer\":\"Ada\",\"items\":[{\"quantity\":1}]} | items[0].sku is missing",
        "{\"customer\":\"Ada\",\"items\":[{\"sku\":\"tea\",\"quantity\":0}]} | items[0].quantity",
        "{\"customer\":\"Ada\",\"items\":[{\"sku\":\"tea\",\"quantity\":1.5}]} | items[0].quantity",
      })
  void aBadBodyIsRefusedWithAReason(String body, String reason) {
    assertThatThrownBy(() -> OrderRequest.of(body))
        .isInstanceOf(InvalidOrderException.class)
        .hasMessageContaining(reason);
  }
}
