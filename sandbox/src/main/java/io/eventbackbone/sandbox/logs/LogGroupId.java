package io.eventbackbone.sandbox.logs;

import io.eventbackbone.sandbox.api.Home;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which log group: a name is unique in its account and Region. */
record LogGroupId(String account, String region, String name) implements Comparable<LogGroupId> {

  private static final Pattern ARN =
      Pattern.compile("arn:aws:logs:([a-z0-9-]+):(\\d{12}):log-group:([\\w./#-]{1,512})");
  private static final Comparator<LogGroupId> ORDER =
      Comparator.comparing(LogGroupId::account)
          .thenComparing(LogGroupId::region)
          .thenComparing(LogGroupId::name);

  LogGroupId(Home home, String name) {
    this(home.accountId(), home.region(), name);
  }

  /** Reads the ARN without {@code :*} behind it. */
  static Optional<LogGroupId> ofArn(String arn) {
    Matcher parts = ARN.matcher(arn);
    return parts.matches()
        ? Optional.of(new LogGroupId(parts.group(2), parts.group(1), parts.group(3)))
        : Optional.empty();
  }

  /** The ARN that tagging takes; DescribeLogGroups calls it {@code logGroupArn}. */
  String arn() {
    return "arn:aws:logs:%s:%s:log-group:%s".formatted(region, account, name);
  }

  /** The ARN that policies are written with; DescribeLogGroups calls it {@code arn}. */
  String arnOfContents() {
    return arn() + ":*";
  }

  String streamArn(String stream) {
    return arn() + ":log-stream:" + stream;
  }

  @Override
  public int compareTo(LogGroupId other) {
    return ORDER.compare(this, other);
  }
}
