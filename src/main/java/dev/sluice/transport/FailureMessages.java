package dev.sluice.transport;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import javax.net.ssl.SSLException;

import dev.sluice.oci.OverloadException.MemoryExhausted;
import dev.sluice.oci.OverloadException.Overloaded;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.UpstreamException.InvalidAnswer;
import dev.sluice.oci.UpstreamException.UpstreamTimedOut;
import dev.sluice.oci.UpstreamException.UpstreamUnreachable;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;

/**
 * Says what went wrong with one origin: which origin, what happened, and which property
 * mends it where one does. Never says a path, a query or a header. Immutable.
 *
 * @param origin the origin, and the egress proxy on the way to it
 * @param settings the time-outs and bounds to name
 */
record FailureMessages(String origin, TransportSettings settings) {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	/**
	 * Why there is no answer, not a byte of it.
	 * @param failure what Netty says
	 * @return what it means
	 */
	RegistryException beforeAnswer(Throwable failure) {
		return reason(failure, this::silence);
	}

	/**
	 * Why there is no more than a piece of an answer's head, or answers before the
	 * answer.
	 * @param failure what Netty says
	 * @return what it means
	 */
	RegistryException inHead(Throwable failure) {
		return reason(failure, this::torn);
	}

	private RegistryException reason(Throwable failure, Function<Throwable, RegistryException> broken) {
		return switch (failure) {
			case RegistryException known -> known;
			case PoolAcquirePendingLimitException full -> overloaded("too many requests wait for a connection");
			case SilentUpstreamException silent -> timedOut(silent.getMessage() + " after the request", silent);
			case ConnectTimeoutException late -> notConnected(late);
			case SslHandshakeTimeoutException late -> notConnected(late);
			case TimeoutException busy ->
				overloaded("no connection became free within " + Durations.text(this.settings.connectTimeout()));
			case UnknownHostException unknown -> unreachable("the name doesn't resolve", unknown);
			case ProxyConnectException _ -> byCause(failure, broken);
			case ConnectException refused -> unreachable("connection refused", refused);
			default -> byCause(failure, broken);
		};
	}

	/**
	 * Why a body ended early.
	 * @param failure what Netty says
	 * @param received bytes that came
	 * @param length bytes that were to come, or {@link BodyStream#UNKNOWN_LENGTH}
	 * @return what it means
	 */
	RegistryException inBody(Throwable failure, long received, long length) {
		return switch (failure) {
			case RegistryException known -> known;
			case SilentUpstreamException silent ->
				timedOut(silent.getMessage() + " after " + progress(received, length), silent);
			default -> (cause(failure, OutOfMemoryError.class) != null) ? directMemoryExhausted()
					: broke(received, length, failure);
		};
	}

	RegistryException shortBody(long received, long length) {
		return broke(received, length, new EOFException("the body ended short of its Content-Length"));
	}

	RegistryException longBody(long length) {
		return new InvalidAnswer(
				this.origin + ": the body goes on behind the " + length + " bytes of its Content-Range");
	}

	RegistryException coded(String codings) {
		return new InvalidAnswer(
				this.origin + ": encodes its answer (Transfer-Encoding: " + codings + ") though asked not to");
	}

	RegistryException tooLarge(int limit) {
		return new InvalidAnswer(this.origin + ": the answer is larger than " + limit + " bytes");
	}

	RegistryException memoryExceeded() {
		return new MemoryExhausted(this.origin + ": no memory is left for its answer, because too much is held for "
				+ "clients that are slow to take theirs", RETRY_AFTER);
	}

	/** What ends the process is heap; this costs the one request. */
	private RegistryException directMemoryExhausted() {
		return new MemoryExhausted(this.origin + ": no direct memory is left to read its answer "
				+ "(-XX:MaxDirectMemorySize, or in a container its memory limit)", RETRY_AFTER);
	}

	private RegistryException broke(long received, long length, Throwable cause) {
		return new UpstreamUnreachable("connection to " + this.origin + " broke after " + progress(received, length),
				cause);
	}

	private RegistryException byCause(Throwable failure, Function<Throwable, RegistryException> broken) {
		ProxyConnectException proxy = cause(failure, ProxyConnectException.class);
		if (proxy != null) {
			return unreachable(TunnelFault.text(firstLine(proxy), this.origin.startsWith("http://")), failure);
		}
		if (cause(failure, OutOfMemoryError.class) != null) {
			return directMemoryExhausted();
		}
		if (cause(failure, TlsAtPlainPort.SpeaksTlsException.class) != null) {
			return unreachable("speaks TLS: write https:// in sluice.upstreams[].endpoints", failure);
		}
		return (cause(failure, SSLException.class) != null) ? tls(failure) : broken.apply(failure);
	}

	private RegistryException tls(Throwable failure) {
		if (cause(failure, NotSslRecordException.class) != null) {
			return unreachable("answers plain HTTP: write http:// in sluice.upstreams[].endpoints", failure);
		}
		CertificateException certificate = cause(failure, CertificateException.class);
		if (certificate != null) {
			return unreachable(CertificateFault.of(certificate).text(), failure);
		}
		String words = TlsAlert.words(failure);
		return unreachable("TLS failed (" + words + ")" + TlsAlert.advice(words), failure);
	}

	/** Some servers that speak TLS close the connection without a word. */
	private RegistryException silence(Throwable failure) {
		String otherScheme = this.origin.startsWith("http://")
				? "; if it speaks TLS, write https:// in sluice.upstreams[].endpoints" : "";
		return unreachable("connection broke before the answer (" + firstLine(failure) + ")" + otherScheme, failure);
	}

	private RegistryException torn(Throwable failure) {
		return switch (failure) {
			case IllegalArgumentException _ -> new InvalidAnswer(this.origin + ": the answer isn't HTTP");
			case TooLongHttpLineException _ -> new InvalidAnswer(this.origin + ": the answer isn't HTTP");
			case TooLongHttpHeaderException _ ->
				new InvalidAnswer(this.origin + ": the answer's headers are larger than " + AnswerCodec.LARGEST_HEADERS
						+ " bytes, or more than " + AnswerCodec.MOST_HEADERS);
			case ProtocolException odd -> unreachable(firstLine(odd), odd);
			case PrematureCloseException early -> unreachable("the connection ended within the answer's head", early);
			default -> unreachable("connection broke within the answer's head (" + firstLine(failure) + ")", failure);
		};
	}

	private RegistryException notConnected(Throwable late) {
		return timedOut("no connection within " + Durations.text(this.settings.connectTimeout()), late);
	}

	private RegistryException overloaded(String what) {
		return new Overloaded(this.origin + ": " + what + " (sluice.upstreams[].pool.size is "
				+ this.settings.poolSize() + ", pool.pending " + this.settings.pendingLimit() + ")", RETRY_AFTER);
	}

	/**
	 * The most that a body held in memory may take as a whole: an upstream that sends a
	 * byte now and then never trips the idle time-out.
	 * @return twice the idle time-out
	 */
	Duration patience() {
		return this.settings.idleTimeout().multipliedBy(2);
	}

	RegistryException dribbling() {
		return timedOut("the answer's body wasn't whole after " + Durations.text(patience()),
				new TimeoutException("a dribbling body"));
	}

	private RegistryException timedOut(String what, Throwable cause) {
		return new UpstreamTimedOut(this.origin + ": " + what, cause);
	}

	private RegistryException unreachable(String what, Throwable cause) {
		return new UpstreamUnreachable(this.origin + ": " + what, cause);
	}

	private static String progress(long received, long length) {
		return received + ((length >= 0) ? " of " + length : "") + " bytes";
	}

	private static String firstLine(Throwable failure) {
		String message = failure.getMessage();
		return (message != null) ? message.lines().findFirst().orElse("") : failure.getClass().getSimpleName();
	}

	/**
	 * Whether a connection broke, or what came over it isn't HTTP. A silent upstream, a
	 * full pool and a forbidden address are none of it.
	 * @param failure why there is no answer
	 * @return whether another connection may do better
	 */
	static boolean isBreakdown(Throwable failure) {
		return !(failure instanceof RegistryException || failure instanceof SilentUpstreamException
				|| failure instanceof TimeoutException);
	}

	static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
		int depth = 0;
		for (Throwable next = failure; next != null && depth < 16; next = next.getCause()) {
			if (type.isInstance(next)) {
				return type.cast(next);
			}
			depth++;
		}
		return null;
	}

}
