package dev.sluice.cli;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes any certificate: Sluice's own, on its own machine, is issued for the name that
 * others ask it by, perhaps by an authority that nobody here knows. Nothing is shown to
 * it, and nothing but a status believed. Thread-safe.
 */
final class OwnServer extends X509ExtendedTrustManager {

	/** Connections to it. */
	static SSLSocketFactory sockets() throws IOException {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, new TrustManager[] { new OwnServer() }, null);
			return context.getSocketFactory();
		}
		catch (GeneralSecurityException ex) {
			throw new IOException(ex);
		}
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
		// any is right
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		// any is right
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) {
		// any is right
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) {
		throw new UnsupportedOperationException();
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return new X509Certificate[0];
	}

}
