package dev.sluice.pull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.Provenance;
import dev.sluice.route.Target;
import dev.sluice.store.link.Link;

/**
 * That a repository may serve a blob. Immutable.
 */
sealed interface Permitted {

	/** By the upstream's word of before. */
	static Permitted by(Link link) {
		return new Here(Notes.NONE, link.length());
	}

	/** By one that should have been had again, and couldn't be. */
	static Permitted stale(Target target, Link link) {
		String warning = "299 - \"" + target.registry() + " can't be asked whether " + target.repository()
				+ " may still be pulled: this is what it let be pulled at " + link.confirmed() + "\"";
		return new Here(new Notes(Provenance.NOWHERE, List.of(warning), Optional.empty(), Optional.empty(),
				Optional.empty(), Optional.empty()), link.length());
	}

	/** By its word of just now. */
	static Permitted of(UpstreamBlobs.Opened asked) {
		return (asked.pulled() instanceof Pulled.Elsewhere elsewhere) ? new There(elsewhere)
				: new Here(asked.pulled().notes(), OptionalLong.empty());
	}

	/**
	 * From what is held.
	 *
	 * @param notes what is known beside it
	 * @param length how long it was when it came in, if that is remembered
	 */
	record Here(Notes notes, OptionalLong length) implements Permitted {

		/** Whether that is the length that it should have. */
		boolean isOf(long held) {
			return this.length.orElse(held) == held;
		}

	}

	/**
	 * By who it is to be had from.
	 *
	 * @param elsewhere what the client is told
	 */
	record There(Pulled.Elsewhere elsewhere) implements Permitted {
	}

}
