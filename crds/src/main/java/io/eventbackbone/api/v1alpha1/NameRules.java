package io.eventbackbone.api.v1alpha1;

/**
 * Limits on the names of objects that have resources in AWS. Each resource has a tag of at most 256
 * characters (Tagging AWS Resources User Guide, "Tag naming limits and requirements") with the
 * cluster's id, the kind, the namespace and the name.
 */
final class NameRules {

  /** A rule on new objects only. Existing ones must remain changeable and deletable. */
  static final String FITS = "oldSelf.hasValue() || self.metadata.name.size() <= 137";

  static final String FITS_MESSAGE =
      "a name has at most 137 characters: it is part of the tag that names a resource's owner in AWS";

  /** PutEvents refuses such a Source (EventBridge User Guide, "Event structure"). */
  static final String PUBLISHES =
      "oldSelf.hasValue() || !(has(self.spec.identifier)"
          + " ? self.spec.identifier.lowerAscii().startsWith('aws.')"
          + " : self.metadata.name.startsWith('aws.'))";

  static final String PUBLISHES_MESSAGE =
      "EventBridge refuses events whose Source begins with aws.: set spec.identifier to one that"
          + " begins otherwise";

  private NameRules() {}
}
