package io.eventbackbone.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.local.kubeapi.programs.DebianProgram;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium, and what it thinks of a page: errors, violations of its policy, requests. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();

  /** Where pictures are put; with {@code -Dscreenshots.write} they go into the documents. */
  private static final Path PICTURES =
      System.getProperty("screenshots.write") == null
          ? Path.of("target", "pictures")
          : Path.of("..", "docs", "pictures");

  private final ChromeDriver driver;
  private final List<String> requests = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Without a window. A test that has no Chromium is skipped, or fails in CI. */
  static Browser start(Class<?> test) {
    Path chromedriver = DebianProgram.CHROMEDRIVER.orSkip(test);
    Path chromium = DebianProgram.CHROMIUM.orSkip(test);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // Root has no other.
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,860");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    logs.enable(LogType.PERFORMANCE, java.util.logging.Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  void open(URI address) {
    driver.get(address.toString());
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** The node of the topology with an id. */
  WebElement node(String id) {
    return find("[data-id='%s']".formatted(id));
  }

  List<String> nodes() {
    return strings("[...document.querySelectorAll('[data-id]')].map(it => it.dataset.id)");
  }

  /** The id of the node that has the focus. */
  String focusedNode() {
    return String.valueOf(driver.executeScript("return document.activeElement.dataset.id"));
  }

  void press(Keys key) {
    driver.switchTo().activeElement().sendKeys(key);
  }

  /** Waits until an element has the text. */
  void awaitText(String css, String text) {
    await(text)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(find(css).getText()).contains(text));
  }

  List<String> strings(String expression) {
    return ((List<?>) driver.executeScript("return " + expression))
        .stream().map(String::valueOf).toList();
  }

  /** As the operating system's settings would say. */
  void prefer(String feature, String value) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  void scrollToTop() {
    driver.executeScript("window.scrollTo(0, 0)");
  }

  void takePicture(String name) throws IOException {
    File picture = driver.getScreenshotAs(OutputType.FILE);
    Files.createDirectories(PICTURES);
    Files.copy(
        picture.toPath(),
        PICTURES.resolve(name + ".png"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /** What axe-core finds wrong for people who can't see or point. */
  List<String> barriers() {
    return new AxeBuilder().analyze(driver).getViolations().stream().map(Browser::barrier).toList();
  }

  private static String barrier(Rule rule) {
    return rule.getHelp() + ": " + rule.getNodes();
  }

  /** Waits for the one complaint that a test provokes. */
  void expectComplaint(String text) {
    await(text)
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          readLogs();
          assertThat(complaints).singleElement().asString().contains(text);
        });
    complaints.clear();
  }

  void run(String script) {
    driver.executeScript(script);
  }

  /** That nothing was complained of, and nothing was asked of another server, since last asked. */
  void assertAtPeaceWith(URI address) {
    readLogs();
    assertThat(complaints).isEmpty();
    assertThat(requests).isNotEmpty().allMatch(it -> it.startsWith(address.toString()));
    requests.clear();
  }

  private void readLogs() {
    driver
        .manage()
        .logs()
        .get(LogType.BROWSER)
        .forEach(it -> complaints.add(it.getLevel() + " " + it.getMessage()));
    StreamSupport.stream(driver.manage().logs().get(LogType.PERFORMANCE).spliterator(), false)
        .map(Browser::message)
        .filter(it -> it.path("method").asText().equals("Network.requestWillBeSent"))
        .map(it -> it.at("/params/request/url").asText())
        .forEach(requests::add);
  }

  private static JsonNode message(LogEntry entry) {
    try {
      return JSON.readTree(entry.getMessage()).path("message");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a log entry of Chromium is no JSON", e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
