package io.eventbackbone.api.v1alpha1;

/**
 * AWS's limits on tags (Tagging AWS Resources User Guide, "Tag naming limits and requirements"),
 * minus the operator's own needs. The operator writes the keys into one tag of 256 characters, with
 * {@code +} between them. The keys of a backbone and of a bus share that tag.
 */
final class TagRules {

  static final String KEYS =
      "self.all(key, key.matches(r'^[\\p{L}\\p{N}_.:/=@-]+( [\\p{L}\\p{N}_.:/=@-]+)*$')"
          + " && !key.startsWith('aws:') && !key.startsWith('eventbackbone.io/'))";
  static final String KEYS_MESSAGE =
      "a key has letters, digits, single spaces and any of _ . : / = @ -, and doesn't begin with"
          + " aws: or eventbackbone.io/";

  static final String TOGETHER = "self.map(key, key.size() + 3).sum() <= 128";
  static final String TOGETHER_MESSAGE =
      "the keys may have at most 125 characters together, counting three between each two";

  static final String VALUE = "^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*$";
  static final int LONGEST_VALUE = 256;

  private TagRules() {}
}
