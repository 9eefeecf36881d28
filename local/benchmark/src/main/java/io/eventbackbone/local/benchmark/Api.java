package io.eventbackbone.local.benchmark;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * An operation of an AWS API.
 *
 * @param service as signatures name it
 */
record Api(String service, String operation) implements Comparable<Api> {

  /** By it every account is looked at every five minutes, whatever else goes on. */
  static final Api IDENTITY = new Api("sts", "GetCallerIdentity");

  private static final Pattern READ = Pattern.compile("(Describe|List|Get|AssumeRole).*");

  boolean isWrite() {
    return !READ.matcher(operation).matches();
  }

  @Override
  public int compareTo(Api other) {
    return Comparator.comparing(Api::service).thenComparing(Api::operation).compare(this, other);
  }

  @Override
  public String toString() {
    return service + ":" + operation;
  }
}
