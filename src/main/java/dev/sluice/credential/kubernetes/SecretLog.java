package dev.sluice.credential.kubernetes;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once what a change of a secret brought. Registries and keys only, never what is in
 * one. Thread-safe.
 */
final class SecretLog {

	private static final Logger LOG = LoggerFactory.getLogger(HeldSecrets.class);

	private static final int SHOWN = 20;

	private SecretLog() {
	}

	/**
	 * A secret was read.
	 * @param source the secret in words
	 * @param secret what it gives
	 */
	static void read(String source, PullSecret secret) {
		String names = secret.keys().stream().limit(SHOWN).collect(Collectors.joining(", "));
		String more = (secret.keys().size() > SHOWN) ? " and " + (secret.keys().size() - SHOWN) + " more" : "";
		LOG.info("{}: logins: {}, for: {}{}", source, secret.logins().size(), names.isEmpty() ? "nothing" : names,
				more);
		secret.warnings().stream().limit(SHOWN).forEach((warning) -> LOG.warn("{}: {}", source, warning));
		secret.problems().stream().limit(SHOWN).forEach((problem) -> LOG.warn("{}: {}", source, problem));
	}

	static void gone(String source) {
		LOG.info("{} is gone", source);
	}

	/**
	 * A secret is of a type that holds no login.
	 * @param source the secret in words
	 * @param type its type
	 */
	static void ignored(String source, String type) {
		LOG.info("{} is of type {}, which holds no login: it isn't used", source, type);
	}

	static void error(String problem) {
		LOG.error("{}", problem);
	}

	static void warn(@Nullable String problem) {
		LOG.warn("{}", problem);
	}

	/**
	 * Looking for changes, or telling of one, failed by a defect of ours.
	 * @param source where
	 * @param defect what was thrown; its message may quote content, so only its type is
	 * logged
	 */
	static void failed(String source, RuntimeException defect) {
		LOG.error("{}: reload failed by {}", source, defect.getClass().getName());
	}

}
