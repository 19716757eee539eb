package dev.sluice.transport;

import java.util.Arrays;
import java.util.Locale;

/**
 * Which addresses a connection may go to, by who named the origin. Connections made under
 * one admission never serve requests under another.
 */
enum Admission {

	/** One of the upstream's own endpoints. */
	OWN_ENDPOINT("an upstream's endpoint may have", Reach.LOOPBACK),
	/** A realm or redirect that a public host named. */
	NAMED_BY_PUBLIC("a public upstream may only name", Reach.PUBLIC),
	/** A realm or redirect that a private host named. */
	NAMED_BY_PRIVATE("a private upstream may only name", Reach.PRIVATE),
	/** A realm or redirect that this machine named. */
	NAMED_BY_LOOPBACK("a loopback upstream may only name", Reach.LOOPBACK);

	private final String rule;

	private final Reach nearest;

	Admission(String rule, Reach nearest) {
		this.rule = rule;
		this.nearest = nearest;
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
		return reach.compareTo(this.nearest) <= 0;
	}

	/**
	 * The rule in words.
	 * @return for example {@code a public upstream may only name public addresses}
	 */
	String rule() {
		String reaches = String.join(", ",
				Arrays.stream(Reach.values())
					.filter(this::admits)
					.map((reach) -> reach.name().toLowerCase(Locale.ROOT))
					.toList());
		return this.rule + " " + reaches + " addresses";
	}

}
