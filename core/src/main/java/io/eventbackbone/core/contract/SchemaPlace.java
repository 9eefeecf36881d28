package io.eventbackbone.core.contract;

import java.util.HashSet;
import java.util.Set;

/**
 * Where the parser is.
 *
 * @param pointer JSON pointer in the text of the schema
 * @param nesting levels of schemas around it, after each $ref is replaced
 * @param open definitions whose contents are being read
 */
record SchemaPlace(String pointer, int nesting, Set<String> open) {

  static final SchemaPlace ROOT = new SchemaPlace("", 1, Set.of());

  SchemaPlace {
    open = Set.copyOf(open);
  }

  /** The value of a keyword, or a member of a list or an object. */
  SchemaPlace at(String token) {
    String escaped = token.replace("~", "~0").replace("/", "~1");
    return new SchemaPlace(pointer + "/" + escaped, nesting, open);
  }

  /** A schema within the schema that is read. */
  SchemaPlace deeper() {
    return new SchemaPlace(pointer, nesting + 1, open);
  }

  /** A definition that the schema refers to. */
  SchemaPlace definition(String name) {
    Set<String> more = new HashSet<>(open);
    more.add(name);
    return new SchemaPlace(ROOT.at("$defs").at(name).pointer(), nesting + 1, more);
  }
}
