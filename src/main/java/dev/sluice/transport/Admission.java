package dev.sluice.transport;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which addresses a connection may go to, by who named the origin. Connections made under
 * one admission never serve requests under another.
 */
enum Admission {

	/** One of the upstream's own endpoints. */
	OWN_ENDPOINT("an upstream's endpoint may have", EnumSet.of(Reach.PUBLIC, Reach.PRIVATE, Reach.LOOPBACK)),
	/** A realm or redirect that a public host named. */
	NAMED_BY_PUBLIC("a public upstream may only name", EnumSet.of(Reach.PUBLIC)),
	/** A realm or redirect that a private host named. */
	NAMED_BY_PRIVATE("a private upstream may only name", EnumSet.of(Reach.PUBLIC, Reach.PRIVATE)),
	/** A realm or redirect that this machine named. */
	NAMED_BY_LOOPBACK("a loopback upstream may only name", EnumSet.of(Reach.PUBLIC, Reach.PRIVATE, Reach.LOOPBACK));

	private final String rule;

	private final Set<Reach> admitted;

	Admission(String rule, Set<Reach> admitted) {
		this.rule = rule;
		this.admitted = admitted;
	}

	/**
	 * The admission of an origin that another host named.
	 * @param referrer that host's reach; one that is reached only by {@code allow-hosts}
	 * counts as private
	 * @return what it may name
	 */
	static Admission namedBy(Reach referrer) {
		return switch (referrer) {
			case PUBLIC -> NAMED_BY_PUBLIC;
			case PRIVATE, FORBIDDEN -> NAMED_BY_PRIVATE;
			case LOOPBACK -> NAMED_BY_LOOPBACK;
		};
	}

	boolean admits(Reach reach) {
		return this.admitted.contains(reach);
	}

	/**
	 * The rule in words.
	 * @return for example {@code a public upstream may only name public addresses}
	 */
	String rule() {
		String reaches = String.join(", ",
				this.admitted.stream().map((reach) -> reach.name().toLowerCase(java.util.Locale.ROOT)).toList());
		return this.rule + " " + reaches + " addresses";
	}

}
