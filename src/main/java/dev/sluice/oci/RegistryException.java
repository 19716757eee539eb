package dev.sluice.oci;

import java.util.Optional;

/**
 * Why a request can't be served, named by what it means to an operator, in four families:
 * what the client asked ({@link RequestException}), who we are to the upstream
 * ({@link CredentialException}), what the upstream or the network did
 * ({@link UpstreamException}), and too much at once ({@link OverloadException}). The
 * message is shown to clients and written to the log: it names the upstream and the
 * cause, and never holds a secret. {@code web} alone turns it into a status.
 */
public abstract sealed class RegistryException extends RuntimeException implements Cloneable
		permits RequestException, CredentialException, UpstreamException, OverloadException {

	private final ErrorCode code;

	private transient Optional<RegistryName> upstream = Optional.empty();

	private transient Optional<Provenance> provenance = Optional.empty();

	private boolean secondHand;

	RegistryException(ErrorCode code, String message, Throwable... cause) {
		super(message, (cause.length > 0) ? cause[0] : null, true, false);
		this.code = code;
	}

	/**
	 * The code for the error body.
	 * @return the distribution spec's code
	 */
	public ErrorCode code() {
		return this.code;
	}

	/**
	 * The same as it happened at an upstream, so that the message names it. Another
	 * object: one failure of a token server is told to all who wait for the token, at
	 * whichever upstream.
	 * @param name the upstream
	 * @return a copy
	 */
	public RegistryException at(RegistryName name) {
		RegistryException copy = copy();
		copy.upstream = Optional.of(name);
		return copy;
	}

	/**
	 * The same with where it comes from, unless that is known already: who is nearest to
	 * it knows best.
	 * @param where the endpoint, and as whom it was asked
	 * @return a copy, as with {@link #at}
	 */
	public RegistryException from(Provenance where) {
		RegistryException copy = copy();
		copy.provenance = this.provenance.or(() -> Optional.of(where));
		return copy;
	}

	/**
	 * Where it comes from.
	 * @return empty if no upstream was asked
	 */
	public Optional<Provenance> provenance() {
		return this.provenance;
	}

	/**
	 * The same as no word of the registry's own: another host said it, or what came was a
	 * page, as of a firewall.
	 * @return a copy, as with {@link #at}
	 */
	public RegistryException secondHand() {
		RegistryException copy = copy();
		copy.secondHand = true;
		return copy;
	}

	/**
	 * Whether it is no word of the registry's own.
	 * @return whether it is second-hand
	 */
	public boolean isSecondHand() {
		return this.secondHand;
	}

	private RegistryException copy() {
		try {
			return (RegistryException) clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String getMessage() {
		String message = String.valueOf(super.getMessage());
		return this.upstream.map(RegistryName::toString)
			.filter((name) -> !message.contains(name))
			.map((name) -> name + ": " + message)
			.orElse(message);
	}

}
