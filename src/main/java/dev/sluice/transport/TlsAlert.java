package dev.sluice.transport;

import java.util.Locale;

import javax.net.ssl.SSLException;

import dev.sluice.oci.Printable;

/** What a failed TLS handshake says, in the words that BoringSSL and the JDK share. */
final class TlsAlert {

	private TlsAlert() {
	}

	/**
	 * What went wrong.
	 * @param failure a failure with an {@link SSLException} among its causes
	 * @return a few words, such as {@code tlsv1 alert certificate required}
	 */
	static String words(Throwable failure) {
		SSLException fault = FailureMessages.cause(failure, SSLException.class);
		String message = String.valueOf((fault != null) ? fault.getMessage() : failure.getMessage());
		String last = message.startsWith("error:") ? message.substring(message.lastIndexOf(':') + 1) : message;
		return Printable.of(last.lines().findFirst().orElse("no reason").toLowerCase(Locale.ROOT).replace('_', ' '));
	}

	/**
	 * What to do about it.
	 * @param words what went wrong
	 * @return a sentence's end, or nothing
	 */
	static String advice(String words) {
		return words.contains("certificate required") || words.contains("bad certificate")
				|| words.contains("handshake failure")
						? ": does it want a client certificate "
								+ "(sluice.upstreams[].tls.certificate), or another TLS version?"
						: "";
	}

}
