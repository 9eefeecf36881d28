package io.eventbackbone.api.v1alpha1;

import java.util.List;

/**
 * The form of a label selector (Kubernetes documentation, "Labels and Selectors": "Syntax and
 * character set" and "Resources that support set-based requirements"). The schemas and the core
 * both use these rules.
 */
public final class LabelRules {

  public static final List<String> OPERATORS = List.of("In", "NotIn", "Exists", "DoesNotExist");

  /** The operators that compare with values. */
  public static final List<String> OPERATORS_WITH_VALUES = List.of("In", "NotIn");

  private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

  /** An optional DNS prefix and a slash, then a name of at most 63 characters. */
  public static final String KEY =
      "^(%s(\\.%s)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"
          .formatted(DNS_LABEL, DNS_LABEL);

  public static final int LONGEST_PREFIX = 253;
  public static final int LONGEST_KEY = LONGEST_PREFIX + "/".length() + 63;

  public static final String VALUE = "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$";
  public static final int LONGEST_VALUE = 63;

  static final int MOST_LABELS = 64;
  static final int MOST_REQUIREMENTS = 64;
  static final int MOST_VALUES = 1024;

  static final String NOT_EMPTY =
      "(has(self.matchLabels) && self.matchLabels.size() > 0)"
          + " || (has(self.matchExpressions) && self.matchExpressions.size() > 0)";
  static final String NOT_EMPTY_MESSAGE =
      "an empty selector selects nothing: name a label, or choose All in place of the selector";

  static final String KEYS =
      "self.all(key, key.size() <= %d && key.indexOf('/') <= %d && key.matches(r'%s'))"
          .formatted(LONGEST_KEY, LONGEST_PREFIX, KEY);
  static final String KEYS_MESSAGE =
      "a label's key is a name of at most 63 letters, digits and any of - _ . with an optional DNS"
          + " prefix and a slash before it";

  static final String PREFIX_FITS = "self.indexOf('/') <= " + LONGEST_PREFIX;
  static final String PREFIX_FITS_MESSAGE =
      "the prefix of a label's key has at most 253 characters";

  static final String VALUES =
      "(self.operator in ['In', 'NotIn']) == (has(self.values) && self.values.size() > 0)";
  static final String VALUES_MESSAGE =
      "In and NotIn need values; Exists and DoesNotExist take none";

  private LabelRules() {}
}
