package dev.sluice.credential.given;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.Login;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A login that keeps up with the files its parts are in, one {@linkplain #look() look} at
 * a time. What is in force may be asked for by any thread; looks block, and are taken by
 * one thread at a time.
 */
final class LiveLogin {

	private static final Logger LOG = LoggerFactory.getLogger(GivenCredentials.class);

	private final GivenLogin given;

	private final CredentialChangeListener listener;

	private volatile Login login;

	private volatile @Nullable String problem;

	/**
	 * Reads it for the first time.
	 * @throws UnusablePartException if it can't be read
	 */
	LiveLogin(GivenLogin given, CredentialChangeListener listener) {
		this.given = given;
		this.listener = listener;
		this.login = new Login(given.read(), Map.of(), given.source());
	}

	GivenLogin given() {
		return this.given;
	}

	Login login() {
		return this.login;
	}

	Optional<String> problem() {
		return Optional.ofNullable(this.problem);
	}

	/** Reads the files, and takes over what has changed. Throws nothing. */
	void look() {
		try {
			take(this.given.read());
		}
		catch (UnusablePartException ex) {
			keep(ex.getMessage() + "; what was last read stays in force");
		}
		catch (RuntimeException ex) {
			LOG.error("{}: reload failed by {}", this.given.source(), ex.getClass().getName());
		}
	}

	private void take(Credential read) {
		this.problem = null;
		Credential before = this.login.credential();
		if (!read.equals(before)) {
			this.login = new Login(read, Map.of(), this.given.source());
			LOG.info("{}: the credential changed", this.given.source());
			this.listener.credentialsDropped(Set.of(before));
		}
	}

	private void keep(String cause) {
		if (!cause.equals(this.problem)) {
			LOG.warn("{}", cause);
		}
		this.problem = cause;
	}

}
