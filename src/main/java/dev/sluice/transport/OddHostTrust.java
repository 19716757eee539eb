package dev.sluice.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

/**
 * Trust in hosts that the JDK won't look at, because their names have an underscore
 * (buckets of object stores) or end in a dot (which keeps a resolver's search domains
 * out): the certificate's chain is judged by the JDK, its names here (RFC 9525, 6.3). Any
 * other host is left to the JDK. Thread-safe.
 */
final class OddHostTrust extends X509ExtendedTrustManager {

	private static final Integer DNS_NAME = 2;

	private final X509ExtendedTrustManager jdk;

	OddHostTrust(X509ExtendedTrustManager jdk) {
		this.jdk = jdk;
	}

	/**
	 * Names a host that ends in a dot in the handshake (RFC 6066, 3), as nobody else
	 * does.
	 * @param engine the engine of a connection not yet made
	 */
	static void nameServer(SSLEngine engine) {
		String host = engine.getPeerHost();
		if (host != null && host.endsWith(".") && host.indexOf('_') < 0) {
			SSLParameters parameters = engine.getSSLParameters();
			parameters.setServerNames(List.of(new SNIHostName(withoutDot(host))));
			engine.setSSLParameters(parameters);
		}
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		String host = engine.getPeerHost();
		if (!isOdd(host)) {
			this.jdk.checkServerTrusted(chain, authType, engine);
			return;
		}
		this.jdk.checkServerTrusted(chain, authType);
		if (!names(chain[0]).anyMatch((name) -> isNameOf(withoutDot(host), name))) {
			throw new CertificateException("No subject alternative DNS name matching " + host + " found");
		}
	}

	private static Stream<String> names(X509Certificate certificate) throws CertificateException {
		Collection<List<?>> all = certificate.getSubjectAlternativeNames();
		return ((all != null) ? all : List.<List<?>>of()).stream()
			.filter((name) -> DNS_NAME.equals(name.getFirst()))
			.map((name) -> String.valueOf(name.getLast()).toLowerCase(Locale.ROOT));
	}

	/** A wildcard stands for the whole first label, and not below a top-level domain. */
	private static boolean isNameOf(String host, String name) {
		int dot = host.indexOf('.');
		boolean below = dot > 0 && host.indexOf('.', dot + 1) > 0;
		return name.equals(host) || (below && name.equals("*" + host.substring(dot)));
	}

	private static boolean isOdd(@Nullable String host) {
		return host != null && (host.indexOf('_') >= 0 || host.endsWith("."));
	}

	private static String withoutDot(String host) {
		return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		this.jdk.checkServerTrusted(chain, authType);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		this.jdk.checkServerTrusted(chain, authType, socket);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		this.jdk.checkClientTrusted(chain, authType);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		this.jdk.checkClientTrusted(chain, authType, socket);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		this.jdk.checkClientTrusted(chain, authType, engine);
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return this.jdk.getAcceptedIssuers();
	}

}
