package dev.sluice.transport;

/**
 * Whether anything of a request's answer has come. What hears nothing on a connection
 * that served others before may be asked once more: the connection may have been at its
 * end already. Whatever else fails is the answer (RFC 9110, 9.2.2, and RFC 9112, 9.3.1).
 * Thread-safe.
 */
final class FirstByte {

	/** There is no connection yet. */
	static final FirstByte NONE = new FirstByte(false);

	private final boolean reused;

	private volatile boolean come;

	/**
	 * An answer that is expected.
	 * @param reused whether its connection served another request before
	 */
	FirstByte(boolean reused) {
		this.reused = reused;
	}

	void come() {
		if (!this.come) {
			this.come = true;
		}
	}

	boolean hasCome() {
		return this.come;
	}

	boolean mayComeElsewhere() {
		return this.reused && !this.come;
	}

}
