package io.eventbackbone.sandbox.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The messages that a FIFO queue took in the last five minutes, by their deduplication keys. */
final class Deduplication {

  private static final Duration INTERVAL = Duration.ofMinutes(5);

  private final Map<String, Message> oldestFirst = new LinkedHashMap<>();

  /** The message that came first under the key, even if it has been deleted since. */
  Message firstUnder(String key, Instant now, Supplier<Message> first) {
    forgetOld(now);
    return oldestFirst.computeIfAbsent(key, absent -> first.get());
  }

  private void forgetOld(Instant now) {
    Iterator<Message> messages = oldestFirst.values().iterator();
    while (messages.hasNext() && !messages.next().content().sentAt().plus(INTERVAL).isAfter(now)) {
      messages.remove();
    }
  }

  void clear() {
    oldestFirst.clear();
  }
}
