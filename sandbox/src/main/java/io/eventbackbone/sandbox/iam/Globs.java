package io.eventbackbone.sandbox.iam;

/** Texts with {@code *} for any characters and {@code ?} for one. */
final class Globs {

  private Globs() {}

  static boolean matches(String glob, String text) {
    int g = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (g < glob.length()
          && (glob.charAt(g) == '?' || glob.charAt(g) == text.charAt(t))
          && glob.charAt(g) != '*') {
        g++;
        t++;
      } else if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        resume = t;
      } else if (star >= 0) {
        g = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }

  /** ARNs part by part, so that no star reaches over a colon but in the resource. */
  static boolean arnMatches(String glob, String arn) {
    String[] globs = glob.split(":", 6);
    String[] parts = arn.split(":", 6);
    if (globs.length != parts.length) {
      return glob.equals("*");
    }
    for (int i = 0; i < parts.length; i++) {
      if (!matches(globs[i], parts[i])) {
        return false;
      }
    }
    return true;
  }
}
