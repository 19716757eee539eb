package dev.sluice.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.sluice.oci.RegistryName;

/**
 * Says which images of the default upstream can't be named without it any more, because a
 * first path segment without a dot or a colon means another upstream.
 *
 * @param defaultName the default upstream, if there is one
 */
record HiddenImages(Optional<RegistryName> defaultName) {

	/**
	 * Looks through the names of upstreams.
	 * @param names their own names
	 * @param aliases their further names
	 * @return a sentence for each that hides images, in order
	 */
	List<String> hiddenBy(Set<RegistryName> names, Map<String, RegistryName> aliases) {
		List<String> sentences = new ArrayList<>();
		new TreeMap<>(aliases).forEach((alias, registry) -> {
			if (hides(alias, registry)) {
				sentences.add(sentence("Alias", alias));
			}
		});
		names.stream()
			.filter((name) -> hides(name.toString(), name))
			.map(RegistryName::toString)
			.collect(Collectors.toCollection(TreeSet::new))
			.forEach((name) -> sentences.add(sentence("Name", name)));
		return sentences;
	}

	private boolean hides(String segment, RegistryName registry) {
		return !RegistryName.looksLikeHost(segment)
				&& this.defaultName.filter((hidden) -> !hidden.equals(registry)).isPresent();
	}

	private String sentence(String kind, String segment) {
		return kind + " '" + segment + "' hides images of " + this.defaultName.map(RegistryName::toString).orElse("")
				+ " whose name begins with '" + segment + "/': only one with a dot hides none";
	}

}
