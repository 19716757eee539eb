package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the image in what people paste: a client's whole command, what it or a cluster
 * said when it failed, a line of a manifest or of a Dockerfile, a URL of the registry API
 * or of a registry's page. Linear in the text's length, which is bounded.
 */
final class PastedImage {

	/** The longest name with a registry, a tag and a digest, and a command around it. */
	private static final int LONGEST = 4096;

	private static final Pattern BLANKS = Pattern.compile("\\s++");

	private static final Pattern SCHEME = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]{0,19}+)://");

	private static final Pattern API = Pattern.compile("(?<host>[^/]++)/v2/(?<name>[^?]*)/"
			+ "(?:(?<kind>manifests|referrers|blobs)/(?<reference>[^/?]++)|tags/list)(?:\\?(?<query>.*))?");

	private static final Pattern DOCKER_HUB_PAGE = Pattern
		.compile("hub\\.docker\\.com/(?:_/(?<official>[^/?#]++)|r/(?<owner>[^/?#]++)/(?<name>[^/?#]++)).*");

	private static final Pattern QUAY_PAGE = Pattern.compile("quay\\.io/repository/(?<name>[^/?#]++/[^/?#]++).*");

	/** Those behind which the image stands, perhaps behind another of them. */
	private static final Set<String> COMMANDS = Set.of("pull", "inspect", "manifest", "manifests", "fetch", "digest",
			"config", "ls", "copy", "run", "create", "explain");

	/** Options that no value follows as a word. */
	private static final Set<String> FLAGS = Set.of("-q", "--quiet", "-a", "--all-tags", "--rm", "-d", "--detach", "-i",
			"-t", "-it", "-ti", "--init", "--privileged", "--insecure", "--raw", "--plain-http", "--all-platforms",
			"--tls-verify", "--verbose", "--debug", "-k", "--read-only", "-P", "-");

	private static final String IMAGE_OPTION = "--image=";

	/** Where a shell's command ends, or a comment begins. */
	private static final Set<String> ENDS = Set.of("&&", "||", "|", "&", ">", ">>", "2>&1", "#");

	private static final Set<String> PROMPTS = Set.of("$", "#", "sudo");

	private PastedImage() {
	}

	/**
	 * Finds it.
	 * @param text what was pasted
	 * @return the image as it is named to a client, or the text itself where nothing can
	 * be made out
	 */
	static String in(String text) {
		if (text.length() > LONGEST) {
			return text;
		}
		return bare(word(words(text)).orElse(text.strip()));
	}

	/**
	 * What may be an image: no options. A word behind an option may be its value; it
	 * counts only where no other word follows the command's.
	 */
	private static List<String> words(String text) {
		List<String> sure = new ArrayList<>();
		List<String> all = new ArrayList<>();
		boolean valued = false;
		for (String word : BLANKS.split(text.strip(), -1)) {
			String unquoted = unquoted(word);
			if (ENDS.contains(word) && !all.isEmpty()) {
				break;
			}
			if (unquoted.startsWith(IMAGE_OPTION)) {
				return List.of(unquoted.substring(IMAGE_OPTION.length()));
			}
			boolean option = unquoted.startsWith("-");
			if (!option && !unquoted.isEmpty() && !PROMPTS.contains(unquoted)) {
				all.add(unquoted);
				if (!valued) {
					sure.add(unquoted);
				}
			}
			valued = option && unquoted.indexOf('=') < 0 && !FLAGS.contains(unquoted);
		}
		boolean nothingLeft = sure.isEmpty() || COMMANDS.contains(sure.getLast());
		return nothingLeft ? all : sure;
	}

	private static String unquoted(String word) {
		int start = 0;
		int end = word.length();
		while (start < end && "\"'`([".indexOf(word.charAt(start)) >= 0) {
			start++;
		}
		while (end > start && "\"'`,;:)]".indexOf(word.charAt(end - 1)) >= 0) {
			end--;
		}
		return word.substring(start, end);
	}

	private static Optional<String> word(List<String> words) {
		Optional<String> named = words.stream().filter((word) -> SCHEME.matcher(word).lookingAt()).findFirst();
		if (named.isPresent() || words.size() < 2) {
			return named.or(() -> words.stream().findFirst());
		}
		for (int index = 0; index < words.size() - 1; index++) {
			String word = words.get(index).toLowerCase(Locale.ROOT);
			String next = words.get(index + 1);
			boolean leads = word.equals("image") || COMMANDS.contains(word) || (word.equals("from") && index == 0);
			if (leads && !next.equals("image") && !COMMANDS.contains(next)) {
				return Optional.of(next);
			}
		}
		return words.stream()
			.skip(1)
			.filter((word) -> word.indexOf('/') > 0)
			.findFirst()
			.or(() -> Optional.of(words.getLast()));
	}

	private static String bare(String word) {
		Matcher scheme = SCHEME.matcher(word);
		if (!scheme.lookingAt()) {
			return withoutEnd(word);
		}
		String rest = word.substring(scheme.end());
		boolean web = scheme.group("scheme").toLowerCase(Locale.ROOT).startsWith("http");
		return web ? page(withoutLogin(rest)) : withoutEnd(rest);
	}

	private static String withoutLogin(String rest) {
		int slash = rest.indexOf('/');
		String authority = (slash < 0) ? rest : rest.substring(0, slash);
		return rest.substring(authority.lastIndexOf('@') + 1);
	}

	private static String page(String url) {
		Matcher api = API.matcher(url);
		if (api.matches()) {
			return ofApi(api);
		}
		Matcher hub = DOCKER_HUB_PAGE.matcher(url);
		if (hub.matches()) {
			return "docker.io/" + ((hub.group("official") != null) ? hub.group("official")
					: hub.group("owner") + "/" + hub.group("name"));
		}
		Matcher quay = QUAY_PAGE.matcher(url);
		return quay.matches() ? "quay.io/" + quay.group("name") : withoutEnd(url);
	}

	/** What a client asks Sluice for names the registry by its query, or in the path. */
	private static String ofApi(Matcher api) {
		String registry = Arrays.stream(Optional.ofNullable(api.group("query")).orElse("").split("&"))
			.filter((parameter) -> parameter.startsWith("ns="))
			.map((parameter) -> parameter.substring("ns=".length()))
			.findFirst()
			.orElse(api.group("host"));
		String reference = "manifests".equals(api.group("kind")) ? api.group("reference") : "";
		String separator = reference.isEmpty() ? "" : (reference.indexOf(':') >= 0) ? "@" : ":";
		String name = api.group("name");
		return (name.startsWith(registry + "/") ? name : registry + "/" + name) + separator + reference;
	}

	private static String withoutEnd(String name) {
		int end = name.length();
		while (end > 0 && name.charAt(end - 1) == '/') {
			end--;
		}
		return name.substring(0, end);
	}

}
