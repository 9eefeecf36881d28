package io.eventbackbone.api.v1alpha1;

/**
 * How long the name of an object can be that has resources in AWS: each has a tag of 256 characters
 * (Tagging AWS Resources User Guide, "Tag naming limits and requirements") with the cluster's id,
 * the kind, the namespace and the name.
 */
final class NameRules {

  /** Only of a new object: one of before must stay one that can be changed and deleted. */
  static final String FITS = "oldSelf.hasValue() || self.metadata.name.size() <= 137";

  static final String FITS_MESSAGE =
      "a name has at most 137 characters: it goes into the tag that says whose a resource in AWS is";

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
