package dev.sluice.oci;

/**
 * A fault of Sluice's own, which nobody foresaw, with where it showed: for the log alone.
 * Immutable; without a stack trace but its cause's.
 */
public final class OwnFault extends RuntimeException {

	private final RuntimeException unforeseen;

	private final transient Provenance provenance;

	OwnFault(RuntimeException unforeseen, Provenance provenance) {
		super("at " + provenance.endpoint() + " as " + provenance.inWords(), unforeseen, false, false);
		this.unforeseen = unforeseen;
		this.provenance = provenance;
	}

	/**
	 * What it is.
	 * @return the failure as it was thrown
	 */
	public RuntimeException unforeseen() {
		return this.unforeseen;
	}

	/**
	 * Where it showed.
	 * @return the endpoint, and as whom it was asked
	 */
	public Provenance provenance() {
		return this.provenance;
	}

}
