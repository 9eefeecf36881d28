package io.eventbackbone.operator.web;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** A self-signed certificate with its key. A client that trusts it trusts no other certificate. */
record ServingCertificate(X509Certificate certificate, PrivateKey key) {

  static final String KEY_ALGORITHM = "EC";

  private static final Duration VALIDITY = Duration.ofDays(365);
  private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

  /** Tolerates API servers whose clocks are behind. */
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);

  private static final X500Name SUBJECT = new X500Name("CN=event-backbone-operator");
  private static final int SERIAL_NUMBER_BITS = 127;

  /**
   * Creates a key and a certificate that is valid for a year.
   *
   * @param hosts DNS names and IP addresses of the server
   */
  static ServingCertificate make(Set<String> hosts, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(KEY_ALGORITHM);
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return new ServingCertificate(selfSigned(pair, hosts, now), pair.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("this Java can't make an EC P-256 certificate", e);
    }
  }

  private static X509Certificate selfSigned(KeyPair pair, Set<String> hosts, Instant now)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            SUBJECT,
            new BigInteger(SERIAL_NUMBER_BITS, new SecureRandom()),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(now.plus(VALIDITY)),
            SUBJECT,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(hosts.stream().map(ServingCertificate::name).toArray(GeneralName[]::new)));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  private static GeneralName name(String host) {
    return new GeneralName(
        IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  /**
   * Reads the texts of {@link #certificatePem} and {@link #keyPem}. Empty: they are other texts.
   */
  static Optional<ServingCertificate> read(String certificatePem, String keyPem) {
    try (PemReader reader = new PemReader(new StringReader(keyPem))) {
      PemObject key = reader.readPemObject();
      if (key == null) {
        return Optional.empty();
      }
      PrivateKey privateKey =
          KeyFactory.getInstance(KEY_ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(key.getContent()));
      return Pem.certificates(certificatePem).stream()
          .findFirst()
          .map(certificate -> new ServingCertificate(certificate, privateKey));
    } catch (GeneralSecurityException | IOException e) {
      return Optional.empty();
    }
  }

  String certificatePem() {
    return Pem.text(certificate);
  }

  String keyPem() {
    return Pem.text("PRIVATE KEY", key.getEncoded());
  }

  /** Identifies the certificate. */
  String serialNumber() {
    return certificate.getSerialNumber().toString();
  }

  /** Whether it is valid now for a server with these names. */
  boolean isValid(Set<String> hosts, Instant now) {
    return hosts().equals(hosts)
        && !certificate.getNotBefore().toInstant().isAfter(now)
        && certificate.getNotAfter().toInstant().isAfter(now);
  }

  /** Whether it is valid and needs no renewal yet. */
  boolean isFresh(Set<String> hosts, Instant now) {
    return isValid(hosts, now)
        && certificate.getNotAfter().toInstant().isAfter(now.plus(RENEWED_BEFORE_END));
  }

  Set<String> hosts() {
    try {
      return Stream.ofNullable(certificate.getSubjectAlternativeNames())
          .flatMap(names -> names.stream())
          .map(typeAndName -> String.valueOf(typeAndName.get(1)))
          .collect(Collectors.toUnmodifiableSet());
    } catch (CertificateParsingException e) {
      return Set.of();
    }
  }
}
