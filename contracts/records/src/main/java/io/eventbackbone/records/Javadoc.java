package io.eventbackbone.records;

import com.palantir.javapoet.CodeBlock;

/** Texts of schemas as documentation of code. They stay texts, whatever stands in them. */
final class Javadoc {

  private Javadoc() {}

  static CodeBlock of(String text) {
    return CodeBlock.of("$L", escaped(text));
  }

  static CodeBlock ofParameter(String name, String text) {
    return CodeBlock.of("@param $L $L\n", name, escaped(text));
  }

  /** The compiler reads Unicode escapes, and the end of a comment, in comments too. */
  private static String escaped(String text) {
    return text.strip()
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\\", "&#92;")
        .replace("@", "&#64;")
        .replace("{", "&#123;")
        .replace("}", "&#125;")
        .replace("*/", "*&#47;")
        .replaceAll("\\R", "\n")
        .replaceAll("[\\p{Cntrl}&&[^\n]]", " ");
  }
}
