package dev.sluice.oci;

/**
 * Where an answer or a failure comes from, for the log. Immutable; holds no secret.
 *
 * @param endpoint the endpoint asked
 * @param credential the source, in words, of the credential that it is to be asked with
 * @param shown whether that was shown, as it is or for a token
 */
public record Provenance(String endpoint, String credential, boolean shown) {

	/** No upstream was asked. */
	public static final Provenance NOWHERE = new Provenance("", "", true);

	/** In place of a credential's source: it is asked as nobody. */
	public static final String NOBODY = "no credential";

	/**
	 * A failure with where it comes from, unless that is known already.
	 * @param failure any
	 * @return it, as a {@link RegistryException} or an {@link OwnFault} that knows; an
	 * {@link Error} as it is
	 */
	public Throwable of(Throwable failure) {
		return switch (failure) {
			case RegistryException foreseen -> foreseen.from(this);
			case OwnFault known -> known;
			case RuntimeException unforeseen -> new OwnFault(unforeseen, this);
			default -> failure;
		};
	}

	/**
	 * With whose credential it was really asked.
	 * @return the credential's source in words, or that none was shown
	 */
	public String inWords() {
		return this.shown ? this.credential : NOBODY + " (" + this.credential + " wasn't asked for)";
	}

}
