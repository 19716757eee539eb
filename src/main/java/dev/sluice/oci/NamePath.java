package dev.sluice.oci;

import java.util.List;

/**
 * The name in a {@code /v2} path as the client wrote it: a repository, perhaps with a
 * registry's name or alias before it. Not yet validated: routing does that. Immutable.
 *
 * @param segments the path segments, none empty; an empty list where the path has no name
 */
public record NamePath(List<String> segments) {

	/** No name at all, as in {@code /v2/_catalog}. */
	public static final NamePath NONE = new NamePath(List.of());

	public NamePath {
		segments = List.copyOf(segments);
	}

	public boolean isEmpty() {
		return this.segments.isEmpty();
	}

	/**
	 * The first segment.
	 * @return what may be a registry's name
	 */
	public String first() {
		return this.segments.getFirst();
	}

	/**
	 * All segments but the first.
	 * @return the rest, perhaps empty
	 */
	public NamePath rest() {
		return new NamePath(this.segments.subList(1, this.segments.size()));
	}

	@Override
	public String toString() {
		return String.join("/", this.segments);
	}

}
