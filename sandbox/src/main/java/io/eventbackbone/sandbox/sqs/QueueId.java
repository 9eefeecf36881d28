package io.eventbackbone.sandbox.sqs;

import io.eventbackbone.sandbox.api.Home;
import java.net.URI;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which queue: a name is unique in its account and Region. */
record QueueId(String account, String region, String name) implements Comparable<QueueId> {

  private static final Pattern ARN =
      Pattern.compile("arn:aws:sqs:([a-z0-9-]+):(\\d{12}):([\\w-]{1,80}(?:\\.fifo)?)");
  private static final Pattern NAME = Pattern.compile("[\\w-]{1,80}(?:\\.fifo)?");
  private static final Pattern URL_PATH = Pattern.compile(".*/(\\d{12})/([^/]+)");
  private static final Comparator<QueueId> ORDER =
      Comparator.comparing(QueueId::account)
          .thenComparing(QueueId::region)
          .thenComparing(QueueId::name);

  QueueId(Home home, String name) {
    this(home.accountId(), home.region(), name);
  }

  static Optional<QueueId> ofArn(String arn) {
    Matcher parts = ARN.matcher(arn);
    return parts.matches()
        ? Optional.of(new QueueId(parts.group(2), parts.group(1), parts.group(3)))
        : Optional.empty();
  }

  /**
   * Reads a queue URL, or the name of a queue of the caller's, which AWS takes as well. Of a URL
   * only its path counts, so that a client may reach the endpoint by another host name than the one
   * the URL was made with.
   *
   * @param caller whose Region it is; the sandbox has one endpoint for all Regions
   */
  static Optional<QueueId> ofUrl(String url, Home caller) {
    if (NAME.matcher(url).matches()) {
      return Optional.of(new QueueId(caller, url));
    }
    Matcher parts = URL_PATH.matcher(url);
    return parts.matches()
        ? Optional.of(new QueueId(parts.group(1), caller.region(), parts.group(2)))
        : Optional.empty();
  }

  Home home() {
    return new Home(account, region);
  }

  String arn() {
    return "arn:aws:sqs:%s:%s:%s".formatted(region, account, name);
  }

  String url(URI endpoint) {
    String base = endpoint.toString();
    return "%s/%s/%s"
        .formatted(base.endsWith("/") ? base.substring(0, base.length() - 1) : base, account, name);
  }

  @Override
  public int compareTo(QueueId other) {
    return ORDER.compare(this, other);
  }
}
