package dev.sluice.diagnose;

import java.util.Optional;

import dev.sluice.oci.NamePath;
import dev.sluice.oci.Reference;
import dev.sluice.oci.RegistryName;
import dev.sluice.route.Target;
import dev.sluice.route.Wanted;

/**
 * Which image is meant, and why. Immutable.
 *
 * @param wanted what a client says for it
 * @param reference its tag or digest
 * @param target what is meant
 * @param claimed the registry that the {@code Host} header names, if one does
 */
record Routed(Wanted wanted, Reference reference, Target target, Optional<RegistryName> claimed) {

	/**
	 * Why this registry is meant.
	 * @return the reason, for people
	 */
	String reason() {
		if (this.claimed.isPresent()) {
			return "the Host header " + this.wanted.hostHeader() + " names it (sluice.upstreams[].hosts)";
		}
		NamePath name = this.wanted.name();
		boolean prefixed = name.segments().size() > 1
				&& !this.target.repository().toString().startsWith(name.first() + "/");
		if (!prefixed) {
			return "no registry is named, so the default upstream is meant";
		}
		return name.first().equalsIgnoreCase(this.target.registry().toString()) ? "the image names it, and it is listed"
				: "'" + name.first() + "' is another name of it";
	}

}
