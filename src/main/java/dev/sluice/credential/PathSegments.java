package dev.sluice.credential;

import java.util.List;

import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * Compares a path that limits a credential with repositories' names, segment by segment.
 */
public final class PathSegments {

	private PathSegments() {
	}

	/**
	 * Whether a path covers a repository.
	 * @param path the path's segments, none for all repositories
	 * @param repository the repository, or null for what has none
	 * @return whether the repository's name begins with all of them
	 */
	public static boolean cover(List<String> path, @Nullable RepositoryName repository) {
		if (path.isEmpty()) {
			return true;
		}
		return repository != null && begin(path, repository.value());
	}

	private static boolean begin(List<String> path, String name) {
		int at = 0;
		for (String segment : path) {
			int end = at + segment.length();
			boolean whole = end == name.length() || (end < name.length() && name.charAt(end) == '/');
			if (!whole || !name.startsWith(segment, at)) {
				return false;
			}
			at = end + 1;
		}
		return true;
	}

}
