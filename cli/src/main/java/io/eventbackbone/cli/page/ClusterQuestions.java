package io.eventbackbone.cli.page;

import io.eventbackbone.cli.answer.Graph;
import io.eventbackbone.cli.answer.Health;
import io.eventbackbone.cli.answer.Matches;
import io.eventbackbone.cli.answer.ObjectState;
import io.eventbackbone.cli.answer.Receivers;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.graph.Picture;
import io.eventbackbone.cli.graph.Picture.Focus;
import io.eventbackbone.cli.graph.Search;
import io.eventbackbone.cli.health.HealthCheck;
import io.eventbackbone.cli.health.ObjectStates;
import io.eventbackbone.cli.reception.Facts;
import io.eventbackbone.cli.reception.Json;
import io.eventbackbone.cli.reception.Question;
import io.eventbackbone.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Answers the page's questions about the cluster. Most are the questions of a verb, with the verb's
 * answer.
 *
 * @param namespace whose objects are asked about, as with {@code --namespace}; empty: all
 */
record ClusterQuestions(Supplier<Sight> cluster, Optional<String> namespace) {

  /** {@code map}: parameters object, namespace, type or account name a focus, at most one. */
  Graph graph(Request request) {
    List<Focus> focuses =
        Stream.of(
                request.parameter("object").<Focus>map(Focus.OnObject::new),
                request.parameter("namespace").<Focus>map(Focus.OnNamespace::new),
                request.parameter("type").<Focus>map(Focus.OnDetailType::new),
                request.parameter("account").<Focus>map(Focus.OnAccount::new))
            .flatMap(Optional::stream)
            .toList();
    if (focuses.size() > 1) {
      throw new QuestionException("a picture has one focus");
    }
    return Picture.of(
        cluster.get(),
        focuses.stream()
            .findFirst()
            .or(() -> namespace.map(Focus.OnNamespace::new))
            .orElseGet(Focus.Everything::new));
  }

  /** Parameter text: a part of a name. */
  Matches search(Request request) {
    return Search.of(Asked.required("text", request), cluster.get());
  }

  /** {@code status}. */
  Health status(Request request) {
    return HealthCheck.of(cluster.get(), namespace);
  }

  /** Parameters kind and name: the conditions of an object. */
  ObjectState object(Request request) {
    Sight sight = cluster.get();
    return ObjectStates.of(new Asked(request, sight).object(), sight);
  }

  /** {@code who DETAIL_TYPE}: parameters type and from. */
  Receivers whoOfType(Request request) {
    return who(Facts.ofType(Asked.required("type", request)), request);
  }

  /** {@code who --event}: the event in the body, and parameter from. */
  Receivers whoOfEvent(Request request) {
    try {
      return who(Facts.ofEvent(Json.read(request.body())), request);
    } catch (IllegalArgumentException e) {
      throw new QuestionException(e.getMessage(), e);
    }
  }

  private Receivers who(Facts facts, Request request) {
    Sight sight = cluster.get();
    return new Question(facts, new Asked(request, sight).bus("from"), namespace).answer(sight);
  }
}
