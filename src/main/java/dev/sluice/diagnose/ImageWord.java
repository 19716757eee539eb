package dev.sluice.diagnose;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.oci.RegistryName;

/**
 * How much a word looks like an image's name.
 */
final class ImageWord {

	private static final String PATH = "[a-z0-9]++(?:[._-]++[a-z0-9]++)*+(?:/[a-z0-9]++(?:[._-]++[a-z0-9]++)*+)*+";

	private static final String AUTHORITY = "(?:[A-Za-z0-9][A-Za-z0-9.-]*+|\\[[0-9A-Fa-f:.]{2,45}+])(?::\\d{1,5}+)?";

	private static final Pattern HOST = Pattern.compile(AUTHORITY);

	private static final Pattern IMAGE = Pattern.compile("(?:(?<host>" + AUTHORITY + ")/)?" + PATH
			+ "(?<tag>:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}+)?+(?<digest>@sha\\d{3}:[0-9a-f]++)?+");

	/** Such as {@code Acme/App:1} and {@code acme//app}. */
	private static final Pattern MEANT = Pattern
		.compile("[A-Za-z0-9._-]++(?:/{1,2}+[A-Za-z0-9._-]++)++(?::[A-Za-z0-9._-]*+)?+");

	/**
	 * Platforms, media types, ratios, addresses, digests, versions of an API, places in a
	 * file, files and folders in which images are kept.
	 */
	private static final Pattern NO_IMAGE = Pattern.compile("(?:linux|windows|darwin|freebsd)/[a-z0-9]++(?:/v\\d)?+"
			+ "|(?:application|text|image)/.*+|n/a|and/or|i/o|tcp/ip|username/password|[\\d:]++|[\\d.]++/[\\d.]++"
			+ "|(?:pod|deployment|replicaset|daemonset|statefulset|cronjob|job|service|svc|node|secret|configmap)s?/[a-z0-9.-]++"
			+ "|sha\\d{3}:[0-9a-f]++|[A-Za-z0-9.-]++/v\\d++(?:(?:alpha|beta)\\d++)?+"
			+ "|(?:(?:docker|oci)-archive|oci-dir|docker-daemon|containers-storage|dir|file|sbom):.*+"
			+ "|[^@]*\\.(?:go|java|py|js|ts|rs|rb|sh|ya?ml|json|toml|tf|md|txt|log|conf|cfg|ini|lock|xml|html)(?::\\d++)*+");

	/**
	 * What has a dot before its slash and is a label, a kind or a page, and no registry.
	 */
	private static final Pattern NO_REGISTRY = Pattern
		.compile("(?!registry\\.k8s\\.io\\z)(?:(?:[a-z0-9-]++\\.)*?(?:k8s\\.io|kubernetes\\.io|coreos\\.com|helm\\.sh"
				+ "|argoproj\\.io|cert-manager\\.io)|(?:www\\.)?(?:github|gitlab|bitbucket)\\.(?:com|org)|hub\\.docker\\.com|gallery\\.ecr\\.aws|golang\\.org"
				+ "|(?:deployment|replicaset|daemonset|statefulset|cronjob|job|ingress|horizontalpodautoscaler)s?\\..*+)");

	private ImageWord() {
	}

	/**
	 * Whether it can be an image's name.
	 * @param word any word
	 * @return whether it has the form of one, and isn't known as something else
	 */
	static boolean isLike(PastedWord word) {
		return image(word.text()).isPresent();
	}

	/**
	 * Whether it may well be one: it has a tag, a digest, a registry or a path.
	 * @param word any word
	 * @return whether it is hardly a word of a sentence
	 */
	static boolean isReferring(PastedWord word) {
		return image(word.text()).filter(
				(image) -> hasReference(image) || hasRegistry(image) || (image.group("host") != null && !word.colon()))
			.isPresent();
	}

	/**
	 * Whether it is one wherever it stands.
	 * @param text any word
	 * @return whether it has the form of one, and names its registry
	 */
	static boolean isSure(String text) {
		return image(text).filter(ImageWord::hasRegistry).isPresent();
	}

	/**
	 * Whether it is meant to be one, where nothing else was said.
	 * @param text a single word
	 * @return whether it can be one, or has a registry or a path and an image is to say
	 * what is wrong with it
	 */
	static boolean isMeant(String text) {
		return image(text).isPresent() || hasHost(text)
				|| (MEANT.matcher(text).matches() && !NO_IMAGE.matcher(text).matches()
						&& !NO_REGISTRY.matcher(text.substring(0, text.indexOf('/'))).matches());
	}

	/**
	 * Whether it names one for good.
	 * @param text an image's name
	 * @return whether it has a tag or a digest
	 */
	static boolean isTagged(String text) {
		return text.indexOf('@') >= 0 || text.lastIndexOf(':') > text.lastIndexOf('/');
	}

	/**
	 * Whether a registry is named in it, well formed or not.
	 * @param text any word
	 * @return whether a host stands before a path
	 */
	static boolean hasHost(String text) {
		int slash = text.indexOf('/');
		return slash > 0 && slash < text.length() - 1 && RegistryName.looksLikeHost(text.substring(0, slash))
				&& HOST.matcher(text.substring(0, slash)).matches()
				&& !NO_REGISTRY.matcher(text.substring(0, slash)).matches() && !NO_IMAGE.matcher(text).matches();
	}

	private static boolean hasReference(Matcher image) {
		return image.group("tag") != null || image.group("digest") != null;
	}

	private static boolean hasRegistry(Matcher image) {
		String host = image.group("host");
		return host != null && RegistryName.looksLikeHost(host);
	}

	private static Optional<Matcher> image(String word) {
		return PastedLogin.tryRemoved(word)
			.filter((text) -> !NO_IMAGE.matcher(text).matches())
			.map(IMAGE::matcher)
			.filter(Matcher::matches)
			.filter((image) -> image.group("host") == null || !NO_REGISTRY.matcher(image.group("host")).matches());
	}

}
