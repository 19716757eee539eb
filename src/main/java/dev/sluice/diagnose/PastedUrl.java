package dev.sluice.diagnose;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The image in a URL, or in a request's path: of the registry API, of a registry's page,
 * or an image's name behind a scheme. No login and no query but {@code ns} comes of it.
 */
final class PastedUrl {

	private static final Pattern SCHEME = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]{0,19}+)://");

	private static final Set<String> OF_IMAGES = Set.of("docker", "oci");

	private static final Pattern API = Pattern.compile("(?<host>[^/?#]*+)/v2/(?<name>[^?#]*)/"
			+ "(?:(?<kind>manifests|referrers|blobs)/(?<reference>[^/?#]++)|tags/list)(?:[?#](?<query>.*+))?");

	private static final Pattern DOCKER_HUB = Pattern.compile("hub\\.docker\\.com/(?:_/(?<official>[^/?#]++)"
			+ "|(?:r|layers|repository/docker)/(?<owner>[^/?#]++)/(?<name>[^/?#]++)).*+");

	private static final Pattern QUAY = Pattern.compile("quay\\.io/repository/(?<name>[^/?#]++/[^/?#]++).*+");

	private static final Pattern GITHUB = Pattern.compile(
			"github\\.com/(?:(?:orgs|users)/)?(?<owner>[^/?#]++)/(?:[^/?#]++/)?(?:pkgs|packages)/container/(?:package/)?"
					+ "(?<name>[^/?#]++).*+");

	private static final Pattern ECR = Pattern.compile("gallery\\.ecr\\.aws/(?<name>[^/?#]++/[^?#]++).*+");

	private PastedUrl() {
	}

	/**
	 * The image in a word that has a scheme, or that is a path of the API.
	 * @param word any word
	 * @return the image's name; empty where the word is neither, or names no image
	 */
	static Optional<String> of(String word) {
		Matcher scheme = SCHEME.matcher(word);
		if (!scheme.lookingAt()) {
			return api(word);
		}
		String rest = word.substring(scheme.end());
		if (OF_IMAGES.contains(scheme.group("scheme").toLowerCase(Locale.ROOT))) {
			return Optional.of(withoutEnd(rest));
		}
		return PastedLogin.tryRemoved(rest).flatMap((address) -> api(address).or(() -> page(address)));
	}

	/**
	 * Whether a word has a scheme before an image's name.
	 * @param word any word
	 * @return whether it is no URL of something else
	 */
	static boolean isOfImage(String word) {
		Matcher scheme = SCHEME.matcher(word);
		return scheme.lookingAt() && OF_IMAGES.contains(scheme.group("scheme").toLowerCase(Locale.ROOT));
	}

	/**
	 * A word as an image's name.
	 * @param word any word
	 * @return what {@link #of} makes of it, else the name behind its scheme, else itself;
	 * without the slashes at its end; an empty text for a URL that names no image
	 */
	static String bare(String word) {
		Matcher scheme = SCHEME.matcher(word);
		return of(word).orElseGet(() -> withoutEnd(scheme.lookingAt() ? plain(word.substring(scheme.end())) : word));
	}

	private static Optional<String> page(String address) {
		Matcher hub = DOCKER_HUB.matcher(address);
		if (hub.matches()) {
			return Optional.of("docker.io/" + ((hub.group("official") != null) ? hub.group("official")
					: hub.group("owner") + "/" + hub.group("name")));
		}
		Matcher github = GITHUB.matcher(address);
		if (github.matches()) {
			return Optional.of("ghcr.io/" + github.group("owner") + "/" + github.group("name"));
		}
		Matcher quay = QUAY.matcher(address);
		Matcher ecr = ECR.matcher(address);
		return quay.matches() ? Optional.of("quay.io/" + quay.group("name"))
				: ecr.matches() ? Optional.of("public.ecr.aws/" + withoutEnd(ecr.group("name"))) : Optional.empty();
	}

	/** What a client asks Sluice for names the registry by its query, or in the path. */
	private static Optional<String> api(String address) {
		Matcher api = API.matcher(address);
		if (!api.matches()) {
			return Optional.empty();
		}
		String registry = Arrays.stream(Optional.ofNullable(api.group("query")).orElse("").split("&"))
			.filter((parameter) -> parameter.startsWith("ns="))
			.map((parameter) -> parameter.substring("ns=".length()))
			.findFirst()
			.orElse(api.group("host"));
		String reference = "manifests".equals(api.group("kind")) ? api.group("reference") : "";
		String separator = reference.isEmpty() ? "" : (reference.indexOf(':') >= 0) ? "@" : ":";
		String name = api.group("name");
		boolean whole = registry.isEmpty() || name.startsWith(registry + "/");
		return Optional.of((whole ? name : registry + "/" + name) + separator + reference);
	}

	/** The API's own address names no image, nor does a host alone, nor a query. */
	private static String plain(String rest) {
		String name = withoutEnd(PastedLogin.removed(rest));
		boolean none = name.indexOf('/') < 0 || name.endsWith("/v2") || name.indexOf('?') >= 0
				|| name.indexOf('#') >= 0;
		return none ? "" : name;
	}

	private static String withoutEnd(String name) {
		int end = name.length();
		while (end > 0 && name.charAt(end - 1) == '/') {
			end--;
		}
		return name.substring(0, end);
	}

}
