package io.eventbackbone.operator.aws.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.operator.aws.client.AccountAccess;
import io.eventbackbone.operator.aws.failure.FailureTranslation;
import io.eventbackbone.operator.aws.resource.SharedList.Listing;
import io.eventbackbone.operator.aws.resource.SharedList.Pages;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;

class SharedListTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Pages<String> there = new Pages<>("first", 1);
  private boolean isDenied;
  private int reads;
  private Runnable whileReading = () -> {};
  private Optional<String> othersGot = Optional.empty();

  private final SharedList<String> list = list(1);

  private SharedList<String> list(int fewestAskers) {
    return new SharedList<>(
        fewestAskers,
        this::read,
        new FailureTranslation(
            new AccountAccess("111111111111", Optional.empty(), Optional.empty()), "eu-west-1"),
        () -> now);
  }

  @Test
  void itIsReadOnceAndSharedUntilItIsRenewed() {
    assertThat(ask()).contains("first");
    there = new Pages<>("second", 1);
    now = now.plusSeconds(48);
    assertThat(ask()).contains("first");
    now = now.plusSeconds(1);
    assertThat(ask()).contains("second");
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void whoNeedsAllOfItReadsItAlone() {
    SharedList<String> forMany = list(5);
    assertThat(forMany.readOfAge(MINUTE).map(Listing::content)).contains("first");
    assertThat(forMany.ofAge(MINUTE).map(Listing::content)).contains("first");
    now = now.plusSeconds(59);
    forMany.readOfAge(MINUTE);
    assertThat(reads).isEqualTo(1);
    isDenied = true;
    now = now.plusSeconds(2);
    assertThat(forMany.readOfAge(MINUTE)).isEmpty();
  }

  @Test
  void othersGoOnByTheOldOneWhileItIsRenewed() {
    ask();
    there = new Pages<>("second", 1);
    now = now.plusSeconds(50);
    whileReading = () -> othersGot = CompletableFuture.supplyAsync(this::ask).join();
    assertThat(ask()).contains("second");
    assertThat(othersGot).contains("first");
  }

  @Test
  void itIsRenewedForAsManyAskersAsItIsReadFor() {
    there = new Pages<>("first", 2);
    ask();
    there = new Pages<>("second", 2);
    now = now.plusSeconds(40);
    ask();
    ask();
    now = now.plusSeconds(10);
    assertThat(ask()).contains("first");
    assertThat(ask()).contains("second");
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void itSaysWhenItWasAskedFor() {
    assertThat(list.ofAge(MINUTE)).map(Listing::begun).contains(now);
  }

  @Test
  void manyPagesAreReadForAsManyAskers() {
    there = new Pages<>("long", 3);
    ask();
    now = now.plus(MINUTE).plusSeconds(1);
    assertThat(ask()).isEmpty();
    assertThat(ask()).isEmpty();
    assertThat(ask()).contains("long");
    assertThat(ask()).contains("long");
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void itIsNotReadForFewerThanItIsWorthACallFor() {
    SharedList<String> forTwo = list(2);
    assertThat(forTwo.ofAge(MINUTE)).isEmpty();
    assertThat(forTwo.ofAge(MINUTE)).isPresent();
  }

  @Test
  void askersOfLongAgoDontCount() {
    there = new Pages<>("long", 2);
    ask();
    now = now.plus(MINUTE.multipliedBy(2));
    assertThat(ask()).isEmpty();
    now = now.plus(MINUTE.multipliedBy(2));
    assertThat(ask()).isEmpty();
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void whereTheRoleMayNotItIsTriedAgainEachHour() {
    isDenied = true;
    assertThat(ask()).isEmpty();
    isDenied = false;
    now = now.plus(Duration.ofMinutes(59));
    assertThat(ask()).isEmpty();
    now = now.plus(MINUTE);
    assertThat(ask()).contains("first");
    assertThat(reads).isEqualTo(2);
  }

  private Optional<String> ask() {
    return list.ofAge(MINUTE).map(Listing::content);
  }

  private Pages<String> read() {
    reads++;
    whileReading.run();
    if (isDenied) {
      throw EventBridgeException.builder()
          .statusCode(400)
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .errorCode("AccessDeniedException")
                  .errorMessage("no")
                  .build())
          .build();
    }
    return there;
  }
}
