package io.eventbackbone.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateSecretTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
  private static final Set<String> HOSTS = Set.of("webhook.operator.svc", "127.0.0.1");

  @Test
  void isWhatTlsServersNeed() throws Exception {
    X509Certificate certificate = ServingCertificate.make(HOSTS, NOW).certificate();
    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getBasicConstraints()).as("no authority").isEqualTo(-1);
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(
            List.<Object>of(2, "webhook.operator.svc"), List.<Object>of(7, "127.0.0.1"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, true, true",
    "334, true, true",
    "336, true, false",
    "364, true, false",
    "366, false, false",
    "-1, false, false",
  })
  void lastsAYearAndIsRenewedAMonthBefore(int days, boolean valid, boolean fresh) {
    ServingCertificate certificate = ServingCertificate.make(HOSTS, NOW);
    Instant then = NOW.plus(Duration.ofDays(days));
    assertThat(certificate.isValid(HOSTS, then)).isEqualTo(valid);
    assertThat(certificate.isFresh(HOSTS, then)).isEqualTo(fresh);
  }

  @Test
  void isForItsNamesOnly() {
    ServingCertificate certificate = ServingCertificate.make(HOSTS, NOW);
    assertThat(certificate.isValid(Set.of("webhook.operator.svc"), NOW)).isFalse();
    assertThat(certificate.isValid(Set.of("webhook.elsewhere.svc", "127.0.0.1"), NOW)).isFalse();
  }

  @Test
  void comesBackFromItsSecret() {
    CertificateSecret kept = CertificateSecret.renewed(Optional.empty(), HOSTS, NOW);
    assertThat(CertificateSecret.of(secret(kept.data()))).contains(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls.crt", "tls.key", "ca.crt"})
  void aSecretWithoutOneOfItsPartsHoldsNone(String part) {
    Map<String, String> data =
        new HashMap<>(CertificateSecret.renewed(Optional.empty(), HOSTS, NOW).data());
    data.remove(part);
    assertThat(CertificateSecret.of(secret(data))).isEmpty();
    assertThat(CertificateSecret.of(new Secret())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls.crt", "tls.key"})
  void aSecretWithSomethingElseHoldsNone(String part) {
    Map<String, String> data =
        new HashMap<>(CertificateSecret.renewed(Optional.empty(), HOSTS, NOW).data());
    data.put(part, "bm9uc2Vuc2U=");
    assertThat(CertificateSecret.of(secret(data))).isEmpty();
  }

  @Test
  void thePredecessorIsTrustedWhileItLasts() throws Exception {
    CertificateSecret first = CertificateSecret.renewed(Optional.empty(), HOSTS, NOW);
    Instant later = NOW.plus(Duration.ofDays(340));
    CertificateSecret second = CertificateSecret.renewed(Optional.of(first), HOSTS, later);
    CertificateSecret third = CertificateSecret.renewed(Optional.of(second), HOSTS, later);
    CertificateSecret late =
        CertificateSecret.renewed(Optional.of(first), HOSTS, NOW.plus(Duration.ofDays(366)));

    assertThat(trusted(first)).containsExactly(certificate(first));
    assertThat(trusted(second)).containsExactly(certificate(second), certificate(first));
    assertThat(trusted(third)).containsExactly(certificate(third), certificate(second));
    assertThat(trusted(late)).containsExactly(certificate(late));
  }

  private static List<X509Certificate> trusted(CertificateSecret kept) throws Exception {
    return Pem.certificates(kept.bundle());
  }

  private static X509Certificate certificate(CertificateSecret kept) {
    return kept.serving().certificate();
  }

  private static Secret secret(Map<String, String> data) {
    return new SecretBuilder().withData(data).build();
  }
}
