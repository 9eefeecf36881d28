package io.eventbackbone.operator.web;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Serves the newest certificate to every handshake that begins after it was set. */
final class ServedCertificate extends X509ExtendedKeyManager {

  /** The newest and the one before it, which handshakes under way still need. */
  private volatile List<ServingCertificate> certificates = List.of();

  synchronized void serve(ServingCertificate certificate) {
    if (!certificate.equals(newest().orElse(null))) {
      certificates = Stream.concat(Stream.of(certificate), newest().stream()).toList();
    }
  }

  /** Empty until a certificate is set. */
  Optional<ServingCertificate> newest() {
    return certificates.stream().findFirst();
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return ServingCertificate.KEY_ALGORITHM.equals(keyType)
        ? newest().map(ServingCertificate::serialNumber).orElse(null)
        : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return byAlias(alias).map(it -> new X509Certificate[] {it.certificate()}).orElse(null);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return byAlias(alias).map(ServingCertificate::key).orElse(null);
  }

  private Optional<ServingCertificate> byAlias(String alias) {
    return certificates.stream().filter(it -> it.serialNumber().equals(alias)).findFirst();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return null;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return null;
  }
}
