package io.eventbackbone.records;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** Makes Java names of any texts. Each name is given out once in a scope. */
final class Identifiers {

  /** Records can't have components of these names: the methods are those of {@link Object}. */
  private static final Set<String> OF_OBJECT =
      Set.of(
          "clone", "finalize", "getclass", "hashcode", "notify", "notifyall", "tostring", "wait");

  /** The records use these, and a type of this name would stand before them. */
  private static final Set<String> OF_RECORDS =
      Set.of(
          "builder",
          "jsonanygetter",
          "jsonanysetter",
          "jsonignoreproperties",
          "jsoninclude",
          "jsonproperty",
          "jsonsubtypes",
          "jsontypeinfo",
          "list",
          "map",
          "nullable",
          "object",
          "string");

  /** In lower case, because some file systems don't tell {@code Item} from {@code ITEM}. */
  private final Set<String> taken = new HashSet<>();

  private Identifiers(Set<String> taken) {
    this.taken.addAll(taken);
  }

  /** For the types in a type. */
  static Identifiers ofTypes(String outer) {
    Identifiers names = new Identifiers(OF_RECORDS);
    names.taken.add(outer.toLowerCase(Locale.ROOT));
    return names;
  }

  /** For the components of a record, which has the methods {@code builder} and toBuilder. */
  static Identifiers ofComponents() {
    Identifiers names = new Identifiers(OF_OBJECT);
    names.taken.addAll(List.of("builder", "tobuilder"));
    return names;
  }

  static Identifiers ofConstants() {
    return new Identifiers(Set.of());
  }

  /** The first of the names that is free, else the last one with a number. */
  String free(String... names) {
    for (String name : names) {
      if (taken.add(name.toLowerCase(Locale.ROOT))) {
        return name;
      }
    }
    String last = names[names.length - 1];
    int number = 2;
    while (!taken.add((last + number).toLowerCase(Locale.ROOT))) {
      number++;
    }
    return last + number;
  }

  /** {@code Order.Created} becomes {@code OrderCreated}. */
  static String type(String text) {
    return legal(
        words(text).stream()
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining()));
  }

  /** {@code order-id} becomes {@code orderId}. */
  static String component(String text) {
    List<String> words = words(text);
    String first = words.get(0);
    String begin =
        first.equals(first.toUpperCase(Locale.ROOT))
            ? first.toLowerCase(Locale.ROOT)
            : first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1);
    String rest = type(String.join("-", words.subList(1, words.size())));
    return legal(words.size() == 1 ? begin : begin + rest);
  }

  /** {@code in-transit} and {@code inTransit} become {@code IN_TRANSIT}. */
  static String constant(String text) {
    return legal(
        words(text).stream()
            .map(word -> word.replaceAll("(\\p{Ll})(\\p{Lu})", "$1_$2"))
            .collect(Collectors.joining("_"))
            .toUpperCase(Locale.ROOT));
  }

  /** The name of one of several: {@code items} becomes {@code item}. */
  static String singular(String plural) {
    if (plural.endsWith("ies")) {
      return plural.substring(0, plural.length() - 3) + "y";
    }
    if (plural.matches(".*(ss|x|ch|sh)es")) {
      return plural.substring(0, plural.length() - 2);
    }
    return plural.endsWith("s") && !plural.endsWith("ss")
        ? plural.substring(0, plural.length() - 1)
        : plural + "Item";
  }

  private static List<String> words(String text) {
    List<String> words =
        Arrays.stream(text.split("[^\\p{L}\\p{Nd}]+")).filter(word -> !word.isEmpty()).toList();
    return words.isEmpty() ? List.of("value") : words;
  }

  private static String legal(String name) {
    if (!Character.isJavaIdentifierStart(name.codePointAt(0))) {
      return "_" + name;
    }
    return SourceVersion.isKeyword(name, SourceVersion.latest()) ? name + "_" : name;
  }
}
