package io.eventbackbone.sandbox.logs;

import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.errors.LogsErrors;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All log groups. Guarded by {@link LogsService}. */
final class LogGroups {

  private final NavigableMap<LogGroupId, LogGroup> byId = new TreeMap<>();

  Optional<LogGroup> find(LogGroupId id) {
    return Optional.ofNullable(byId.get(id));
  }

  LogGroup get(LogGroupId id) {
    return find(id).orElseThrow(LogsErrors::noLogGroup);
  }

  void add(LogGroup group) {
    byId.put(group.id(), group);
  }

  void remove(LogGroup group) {
    byId.remove(group.id());
  }

  /** The groups of an account in a Region, in order of their names. */
  Collection<LogGroup> of(Home home) {
    return byId.subMap(new LogGroupId(home, ""), true, new LogGroupId(home, "\uffff"), true)
        .values();
  }
}
