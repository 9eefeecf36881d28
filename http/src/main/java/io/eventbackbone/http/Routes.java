package io.eventbackbone.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The routes of one listener. */
record Routes(List<Route> routes) {

  Routes {
    routes = List.copyOf(routes);
  }

  /** The route to take. If there is none: a route that refuses. */
  Route find(String method, String path) {
    List<Route> leading = routes.stream().filter(route -> route.leadsTo(path)).toList();
    return leading.stream()
        .filter(route -> route.takes(method))
        .findFirst()
        .orElseGet(() -> Route.refusing(refusal(leading)));
  }

  private static Answer refusal(List<Route> leading) {
    if (leading.isEmpty()) {
      return Answer.text(404, "nothing is served here");
    }
    String allowed = leading.stream().map(Route::method).collect(Collectors.joining(", "));
    return Answer.text(405, "only %s is allowed here".formatted(allowed))
        .with(Map.of("Allow", allowed));
  }
}
