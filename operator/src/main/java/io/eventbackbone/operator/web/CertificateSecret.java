package io.eventbackbone.operator.web;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The entries of the Secret.
 *
 * @param serving the certificate to serve
 * @param bundle PEM of the certificates to trust: this one, and its predecessor, which other
 *     replicas serve until they have read this one
 */
record CertificateSecret(ServingCertificate serving, String bundle) {

  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";
  private static final String BUNDLE = "ca.crt";

  /** Empty: the Secret has other entries. */
  static Optional<CertificateSecret> of(Secret secret) {
    Map<String, String> data = secret.getData();
    if (data == null || !data.keySet().containsAll(Set.of(CERTIFICATE, KEY, BUNDLE))) {
      return Optional.empty();
    }
    return ServingCertificate.read(decoded(data.get(CERTIFICATE)), decoded(data.get(KEY)))
        .map(serving -> new CertificateSecret(serving, decoded(data.get(BUNDLE))));
  }

  /** Replaces the certificate with a new one. */
  static CertificateSecret renewed(
      Optional<CertificateSecret> before, Set<String> hosts, Instant now) {
    ServingCertificate serving = ServingCertificate.make(hosts, now);
    String predecessor =
        before
            .map(CertificateSecret::serving)
            .filter(it -> it.certificate().getNotAfter().toInstant().isAfter(now))
            .map(ServingCertificate::certificatePem)
            .orElse("");
    return new CertificateSecret(serving, serving.certificatePem() + predecessor);
  }

  boolean trusts(ServingCertificate certificate) {
    return bundle.contains(certificate.certificatePem());
  }

  /** The value of {@code caBundle}. */
  String encodedBundle() {
    return encoded(bundle);
  }

  Map<String, String> data() {
    return Map.of(
        CERTIFICATE, encoded(serving.certificatePem()),
        KEY, encoded(serving.keyPem()),
        BUNDLE, encoded(bundle));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
