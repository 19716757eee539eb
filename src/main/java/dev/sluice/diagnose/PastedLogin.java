package dev.sluice.diagnose;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.RequestException;

/**
 * A login that stands before a host, {@code user:password@host/…}: it belongs in no image
 * and on no screen.
 */
final class PastedLogin {

	private static final Pattern DIGEST = Pattern.compile("(?:sha\\d{1,4}|blake3|md5)[:-].*", Pattern.DOTALL);

	private static final Pattern HOST = Pattern
		.compile("(?:[A-Za-z0-9][A-Za-z0-9._-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?/.*", Pattern.DOTALL);

	private PastedLogin() {
	}

	/**
	 * Leaves a login out, as {@link #removed}.
	 * @param name a word
	 * @return the name without it; empty where it is none
	 */
	static Optional<String> tryRemoved(String name) {
		int at = name.lastIndexOf('@');
		boolean digest = at >= 0 && DIGEST.matcher(name).region(at + 1, name.length()).matches();
		String reference = digest ? name.substring(at) : "";
		String rest = digest ? name.substring(0, at) : name;
		int login = rest.lastIndexOf('@');
		if (login <= 0) {
			return Optional.of(name);
		}
		String image = rest.substring(login + 1);
		return HOST.matcher(image).matches() ? Optional.of(image + reference) : Optional.empty();
	}

	/**
	 * Leaves a login out. A password may have any character in it, also a slash and an at
	 * sign.
	 * @param name an image's name, perhaps with a login before it
	 * @return the name without it
	 * @throws RequestException.Malformed if an at sign stands where neither a digest nor
	 * a registry follows: what stands before it may be a password, so nothing is quoted
	 */
	static String removed(String name) {
		return tryRemoved(name).orElseThrow(() -> new RequestException.Malformed(ErrorCode.NAME_INVALID,
				"what was pasted has an @, and behind it neither a digest (sha256:…) nor a registry and a"
						+ " repository: expected [registry/]repository[:tag][@digest]"));
	}

}
