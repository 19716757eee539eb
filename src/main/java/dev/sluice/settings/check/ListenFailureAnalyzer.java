package dev.sluice.settings.check;

import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelBindException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says why Sluice can't listen where it should, and which property moves it elsewhere.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ListenFailureAnalyzer extends AbstractFailureAnalyzer<WebServerException> {

	private final @Nullable Environment environment;

	ListenFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, WebServerException cause) {
		if (cause instanceof PortInUseException taken) {
			String server = server(taken.getPort());
			return new FailureAnalysis(
					"port " + taken.getPort() + " is in use already: stop what listens there, or set " + server
							+ ".port (" + variable(server) + "_PORT) to another",
					null, cause);
		}
		return (cause.getCause() instanceof ChannelBindException failed)
				? new FailureAnalysis(why(failed, innermost(failed)), null, cause) : null;
	}

	private String why(ChannelBindException failed, String words) {
		String server = server(failed.localPort());
		if (words.contains("assign")) {
			return server + ".address = '" + failed.localHost() + "' won't do: it is no address of this machine";
		}
		if (words.contains("denied") || words.contains("permitted")) {
			return "port " + failed.localPort() + " may not be listened on by this user: set " + server + ".port ("
					+ variable(server) + "_PORT) to one above 1023";
		}
		return "can't listen on " + failed.localHost() + ":" + failed.localPort() + " (" + server + ".address, "
				+ server + ".port): " + words;
	}

	private static String innermost(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; depth < 10 && cause.getCause() != null; depth++) {
			cause = cause.getCause();
		}
		return Objects.requireNonNullElse(cause.getMessage(), "").toLowerCase(Locale.ROOT);
	}

	private String server(int port) {
		String text = Integer.toString(port);
		boolean management = this.environment != null
				&& text.equals(this.environment.getProperty("management.server.port"))
				&& !text.equals(this.environment.getProperty("server.port"));
		return management ? "management.server" : "server";
	}

	private static String variable(String server) {
		return server.toUpperCase(Locale.ROOT).replace('.', '_');
	}

}
