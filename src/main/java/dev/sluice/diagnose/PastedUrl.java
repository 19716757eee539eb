package dev.sluice.diagnose;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
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

	private static final Pattern SLASH = Pattern.compile("%2[Ff]");

	private static final Pattern COLON = Pattern.compile("%3[Aa]");

	private static final String OWNED = "(?<name>[^/?#]++/[^/?#]++)";

	/** Registries' pages, and what they show. */
	private static final Map<Pattern, String> PAGES = Map.of(Pattern.compile("hub\\.docker\\.com/_/(?<name>[^/?#]++)"),
			"docker.io/${name}", Pattern.compile("hub\\.docker\\.com/(?:r|repository/docker)/" + OWNED),
			"docker.io/${name}", Pattern.compile("hub\\.docker\\.com/layers/" + OWNED + "/(?<tag>[^/?#]++)[^?#]*+"),
			"docker.io/${name}:${tag}",
			Pattern.compile("github\\.com/(?:(?:orgs|users)/)?(?<owner>[^/?#]++)/(?:[^/?#]++/)?"
					+ "(?:pkgs|packages)/container/(?:package/)?(?<name>[^/?#]++)"),
			"ghcr.io/${owner}/${name}", Pattern.compile("quay\\.io/repository/" + OWNED), "quay.io/${name}",
			Pattern.compile("gallery\\.ecr\\.aws/(?<name>[^/?#]++/[^?#]*[^/?#])"), "public.ecr.aws/${name}");

	/** Their other pages. */
	private static final Pattern PAGE = Pattern
		.compile("(?:hub\\.docker\\.com|gallery\\.ecr\\.aws|(?:www\\.)?git(?:hub|lab)\\.com"
				+ "|quay\\.io/(?:repository|organization|user|search|plugin))(?:[/?#].*+)?+");

	/** Behind a name: its page, or that of its tags, of which none is meant. */
	private static final Pattern OF_ALL = Pattern.compile("(?:/(?:tags|versions)?)?+/?+(?:[?#](?!.*name=).*+)?+");

	private static final Pattern OF_TAG = Pattern.compile("[^?#]*+\\?(?:[^#]*&)?tag=(?<tag>[A-Za-z0-9_.-]++).*+");

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

	/** Empty where a page shows no image, or one of which it isn't told which. */
	private static Optional<String> page(String address) {
		Optional<String> shown = PAGES.entrySet()
			.stream()
			.flatMap((page) -> page(page.getKey().matcher(address), page.getValue(), address).stream())
			.findFirst();
		return shown.or(() -> Optional.of("").filter((_) -> PAGE.matcher(address).matches()));
	}

	private static Optional<String> page(Matcher page, String image, String address) {
		if (!page.lookingAt()) {
			return Optional.empty();
		}
		String behind = address.substring(page.end());
		String name = page.pattern().matcher(address.substring(0, page.end())).replaceFirst(image);
		Matcher tag = OF_TAG.matcher(behind);
		return Optional.of(decoded(tag.matches() ? name + ":" + tag.group("tag") : name))
			.filter((_) -> tag.matches() || OF_ALL.matcher(behind).matches());
	}

	private static String decoded(String text) {
		return (text.indexOf('%') < 0) ? text : SLASH.matcher(COLON.matcher(text).replaceAll(":")).replaceAll("/");
	}

	/** What a client asks Sluice for names the registry by its query, or in the path. */
	private static Optional<String> api(String address) {
		Matcher api = API.matcher(decoded(address));
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
