package dev.sluice.transport;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;

/**
 * Whom a TLS connection leads to. Immutable.
 *
 * @param protocol the protocol agreed on, such as {@code TLSv1.3}
 * @param expires when the server's certificate ends
 */
public record TlsPeer(String protocol, Instant expires) {

	/**
	 * Looks at a connection.
	 * @param channel the connection, open
	 * @return the peer, or empty if the connection isn't TLS
	 */
	static Optional<TlsPeer> of(Channel channel) {
		return Optional.ofNullable(channel.pipeline().get(SslHandler.class))
			.flatMap((handler) -> of(handler.engine().getSession()));
	}

	private static Optional<TlsPeer> of(SSLSession session) {
		try {
			X509Certificate own = (X509Certificate) session.getPeerCertificates()[0];
			return Optional.of(new TlsPeer(session.getProtocol(), own.getNotAfter().toInstant()));
		}
		catch (SSLPeerUnverifiedException ex) {
			return Optional.empty();
		}
	}

}
