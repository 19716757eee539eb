package dev.sluice.credential;

/**
 * A password or token. Printing it shows that there is one, never what it is. Immutable;
 * equal to another with the same content.
 */
public final class Secret {

	private final String value;

	public Secret(String value) {
		this.value = value;
	}

	/**
	 * The secret itself, for the one place that puts it on the wire.
	 * @return the content in clear
	 */
	public String reveal() {
		return this.value;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Secret secret && secret.value.equals(this.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	@Override
	public String toString() {
		return "[redacted]";
	}

}
