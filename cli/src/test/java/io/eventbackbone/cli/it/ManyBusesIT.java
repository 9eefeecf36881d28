package io.eventbackbone.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.cli.Teams;
import io.eventbackbone.cli.aws.AwsAccess;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.page.PageServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page of a backbone with a thousand buses and three thousand subscriptions. */
class ManyBusesIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Five columns of the most that a column shows. */
  private static final int MOST = 300;

  @Test
  void groupsFindsAndFocuses() throws IOException {
    Sight many = Teams.sight(1000);
    try (Browser browser = Browser.start(ManyBusesIT.class);
        AwsAccess aws = new AwsAccess(Optional.empty(), List.of());
        PageServer server =
            new PageServer(
                0,
                new PageServer.Sources(() -> many, aws, Optional.empty(), Exception::getMessage))) {
      browser.open(server.address());
      browser.awaitText("#columns", "Namespaces (1002)");
      browser.awaitText("#columns", "942 more");
      assertThat(browser.nodes()).hasSizeLessThan(MOST);

      browser.find("#search-text").sendKeys("team-777/events-1");
      browser.awaitText("#search-matches", "team-777/events-1");
      browser.find("#search-text").sendKeys(Keys.ENTER);
      browser.awaitText("#details-title", "EventSubscription team-777/events-1");
      assertThat(browser.nodes())
          .contains("bus team-777/bus", "subscription team-777/events-1")
          .doesNotContain("bus team-778/bus");

      browser.find("#everything").click();
      browser.awaitText("#columns", "Namespaces (1002)");
      browser.find("#who-event").sendKeys("Thing555.Made2");
      browser.find("#who button[type=submit]").click();
      browser.awaitText("#focus", "Focused on event type Thing555.Made2");
      await()
          .atMost(PATIENCE)
          .until(() -> browser.all("[data-id='subscription team-555/events-2'].lit").size() == 1);
      assertThat(browser.nodes()).hasSizeLessThan(MOST);
    }
  }
}
