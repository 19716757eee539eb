package dev.sluice.credential;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * What a credential is for, as a kubelet and imgpkg write it: {@code host[:port][/path]},
 * perhaps with a scheme and an API version before the path ({@code https://…/v1/}), both
 * without meaning. In the host {@code *}, {@code ?} and {@code […]} stand for characters
 * of one label, and the numbers of labels and the ports must agree. The path is compared
 * segment by segment, stricter than a kubelet, for which {@code quay.io/foo} covers
 * {@code quay.io/foobar} too. Immutable.
 *
 * @param registry the registry, if the host is an exact name
 * @param labels the host with its port as an expression, if it is a pattern
 * @param repository the repositories that it is limited to
 */
public record RegistryPattern(Optional<RegistryName> registry, Optional<Pattern> labels, RepositoryPrefix repository) {

	/** The deepest repository first, then an exact host before a pattern. */
	public static final Comparator<RegistryPattern> MOST_SPECIFIC_FIRST = Comparator
		.comparing(RegistryPattern::repository, RepositoryPrefix.DEEPEST_FIRST)
		.thenComparing((pattern) -> pattern.registry().isEmpty());

	private static final Pattern SCHEME = Pattern.compile("^https?://", Pattern.CASE_INSENSITIVE);

	private static final Pattern GLOB = Pattern.compile("[a-z0-9._*?\\[\\]-]++(?::\\d{1,5}+)?+");

	private static final int HTTPS_PORT = 443;

	private static final int HOST_LIMIT = 300;

	/**
	 * Reads a pattern.
	 * @param text what somebody wrote
	 * @return the pattern, or empty if the text names no registry
	 */
	public static Optional<RegistryPattern> parse(String text) {
		List<String> segments = RepositoryPrefix.segments(SCHEME.matcher(text.strip()).replaceFirst(""));
		if (segments.isEmpty()) {
			return Optional.empty();
		}
		String host = segments.getFirst().toLowerCase(Locale.ROOT);
		RepositoryPrefix repository = RepositoryPrefix.behindHost(segments);
		Optional<RegistryName> exact = RegistryName.tryParse(host).map(RegistryPattern::withoutHttpsPort);
		if (exact.isPresent()) {
			return Optional.of(new RegistryPattern(exact, Optional.empty(), repository));
		}
		return glob(host).map((labels) -> new RegistryPattern(Optional.empty(), Optional.of(labels), repository));
	}

	private static Optional<Pattern> glob(String host) {
		boolean wild = host.chars().anyMatch((character) -> "*?[".indexOf(character) >= 0);
		if (!wild || host.length() > HOST_LIMIT || !GLOB.matcher(host).matches() || hasOddBrackets(host)) {
			return Optional.empty();
		}
		String expression = Stream.of(host.split("(?<=[.:])|(?=[.:])"))
			.map(RegistryPattern::expression)
			.collect(Collectors.joining());
		try {
			return Optional.of(Pattern.compile(expression));
		}
		catch (PatternSyntaxException ex) {
			return Optional.empty();
		}
	}

	/**
	 * In brackets stand letters, digits, underscores and ranges: what else an expression
	 * would take there isn't meant, and brackets within brackets end in deep recursion.
	 */
	private static boolean hasOddBrackets(String host) {
		boolean inside = false;
		for (int at = 0; at < host.length(); at++) {
			char character = host.charAt(at);
			boolean odd = inside ? ".*?[:".indexOf(character) >= 0 : character == ']';
			if (odd) {
				return true;
			}
			inside = character == '[' || (inside && character != ']');
		}
		return inside;
	}

	/**
	 * What stands between two stars is taken where it is found first and never looked for
	 * again: otherwise one key full of stars would take hours.
	 */
	private static String expression(String label) {
		List<String> parts = Stream.of(label.split("\\*+", -1)).map(RegistryPattern::withoutStar).toList();
		if (parts.size() == 1) {
			return parts.getFirst();
		}
		return parts.getFirst() + parts.subList(1, parts.size() - 1)
			.stream()
			.map((part) -> "(?>[^.:]*?" + part + ")")
			.collect(Collectors.joining()) + "[^.:]*" + parts.getLast();
	}

	private static String withoutStar(String part) {
		return part.replace(".", "\\.").replace("?", "[^.:]");
	}

	/**
	 * Whether this is for a repository.
	 * @param host the registry
	 * @param name the repository, or null for what has none
	 * @return whether a credential for this may go there
	 */
	public boolean covers(RegistryName host, @Nullable RepositoryName name) {
		return covers(host) && this.repository.covers(name);
	}

	private boolean covers(RegistryName host) {
		return this.registry.map(withoutHttpsPort(host)::equals)
			.or(() -> this.labels.map((pattern) -> writtenAs(host).anyMatch((text) -> pattern.matcher(text).matches())))
			.orElse(false);
	}

	/** How many components of a repository's name it limits to. */
	public int depth() {
		return this.repository.depth();
	}

	private static Stream<String> writtenAs(RegistryName host) {
		return host.isDockerHub() ? Stream.of("index.docker.io", "docker.io") : Stream.of(host.toString());
	}

	/** {@code host:443} and {@code host} are one endpoint, whoever wrote which. */
	private static RegistryName withoutHttpsPort(RegistryName name) {
		return name.port().equals(OptionalInt.of(HTTPS_PORT)) ? new RegistryName(name.host(), OptionalInt.empty())
				: name;
	}

}
