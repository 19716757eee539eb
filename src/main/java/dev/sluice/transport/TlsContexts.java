package dev.sluice.transport;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

/**
 * The TLS of one upstream: its certificate authority is trusted wherever the upstream
 * leads; its client certificate and skip-verify are for its own endpoints.
 *
 * @param own for the upstream's own endpoints
 * @param others for the realms and redirects it names
 */
record TlsContexts(SslContext own, SslContext others) {

	/**
	 * BoringSSL where Netty brings it for this platform: the JDK's is slower by a third.
	 */
	private static final SslProvider PROVIDER = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;

	/**
	 * Reads what the settings name.
	 * @param tls the settings
	 * @return the contexts
	 * @throws IllegalArgumentException naming the property and the file that is missing
	 * or not what it should be
	 */
	static TlsContexts of(TransportSettings.Tls tls) {
		TrustManagerFactory trust = PemFiles.trust(tls.certificateAuthority());
		SslContext others = build(client(trust));
		boolean same = tls.certificate() == null && tls.key() == null && !tls.skipVerify();
		return new TlsContexts(same ? others : own(tls, trust), others);
	}

	/**
	 * That for one kind of connection.
	 * @param admission the kind
	 * @return the upstream's own, or others'
	 */
	SslContext towards(Admission admission) {
		return (admission == Admission.OWN_ENDPOINT) ? this.own : this.others;
	}

	private static SslContext own(TransportSettings.Tls tls, TrustManagerFactory trust) {
		SslContextBuilder builder = tls.skipVerify() ? client().trustManager(InsecureTrustManagerFactory.INSTANCE)
				: client(trust);
		identity(tls).ifPresent((identity) -> identity.showIn(builder));
		return build(builder);
	}

	private static Optional<ClientIdentity> identity(TransportSettings.Tls tls) {
		Path chain = tls.certificate();
		Path key = tls.key();
		if ((chain == null) != (key == null)) {
			throw new IllegalArgumentException(
					PemFiles.PROPERTY + "certificate and " + PemFiles.PROPERTY + "key go together");
		}
		return (chain != null && key != null) ? Optional.of(ClientIdentity.read(chain, key)) : Optional.empty();
	}

	private static SslContextBuilder client(TrustManagerFactory trust) {
		return Stream.of(trust.getTrustManagers())
			.filter(X509ExtendedTrustManager.class::isInstance)
			.map((manager) -> client().trustManager(new OddHostTrust((X509ExtendedTrustManager) manager)))
			.findFirst()
			.orElseGet(() -> client().trustManager(trust));
	}

	private static SslContextBuilder client() {
		return SslContextBuilder.forClient().sslProvider(PROVIDER);
	}

	private static SslContext build(SslContextBuilder builder) {
		try {
			return builder.build();
		}
		catch (SSLException ex) {
			throw new IllegalArgumentException("sluice.upstreams[].tls: " + ex.getMessage(), ex);
		}
	}

}
