package io.eventbackbone.events;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Remembers the last events of this process. After a restart a redelivery is handled again. */
public final class RecentEvents implements HandledEvents {

  private final Set<String> ids;

  /**
   * Remembers nothing yet.
   *
   * @param capacity how many events are remembered
   */
  public RecentEvents(int capacity) {
    ids =
        Collections.synchronizedSet(
            Collections.newSetFromMap(
                new LinkedHashMap<>() {
                  private static final long serialVersionUID = 1L;

                  @Override
                  protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > capacity;
                  }
                }));
  }

  @Override
  public boolean contains(String eventId) {
    return ids.contains(eventId);
  }

  @Override
  public void add(String eventId) {
    ids.add(eventId);
  }
}
