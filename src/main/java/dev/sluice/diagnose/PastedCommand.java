package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.sluice.diagnose.PastedText.Line;
import dev.sluice.diagnose.PastedText.Word;

/**
 * A client's command, whatever stands before it ({@code sudo}, a variable, {@code ssh} to
 * a node). Immutable.
 *
 * @param client the client, or nothing where the command begins with a verb
 * @param words what stands behind it, and the verb
 */
record PastedCommand(String client, List<Word> words) {

	private static final Set<String> CLIENTS = Set.of("docker", "podman", "nerdctl", "finch", "crictl", "ctr", "crane",
			"gcrane", "skopeo", "oras", "regctl", "buildah", "cosign", "trivy", "helm", "kubectl", "oc", "k3s",
			"docker-compose", "podman-compose");

	/** Those behind which the image stands, perhaps behind another of them. */
	private static final Set<String> VERBS = Set.of("pull", "push", "inspect", "manifest", "manifests", "fetch",
			"digest", "config", "ls", "list-tags", "tags", "copy", "cp", "run", "create", "explain", "verify",
			"resolve", "discover", "tree", "export", "validate", "from", "get", "image", "images", "imagetools", "save",
			"history", "tag", "blob", "template", "show", "install", "upgrade", "cves", "quickview");

	private static final Set<String> FIRST_VERBS = Set.of("pull", "run", "explain", "from", "push");

	/** Their images stand behind a scheme, or there is none. */
	private static final Set<String> WITH_SCHEME = Set.of("helm", "skopeo");

	/** Their images are options' values. */
	private static final Set<String> BY_OPTION = Set.of("kubectl", "oc");

	private static final Set<String> COMPOSE = Set.of("compose", "docker-compose", "podman-compose", "stack");

	PastedCommand {
		words = List.copyOf(words);
	}

	/**
	 * Finds a command.
	 * @param line one line of what was pasted
	 * @return the command, or empty if there is none in it
	 */
	static Optional<PastedCommand> in(Line line) {
		List<Word> words = line.words();
		for (int at = 0; at < words.size(); at++) {
			String client = client(words.get(at));
			boolean inside = BY_OPTION.contains(client)
					&& words.stream().skip(at).anyMatch((it) -> it.text().equals("--"));
			boolean opened = at == 0 || words.get(at - 1).text().equals("-c");
			if (!inside && CLIENTS.contains(client) && !words.get(at).colon() && (opened || !words.get(at).quoted())) {
				return Optional.of(new PastedCommand(client, words.subList(at + 1, words.size())));
			}
		}
		boolean verb = words.size() > 1 && FIRST_VERBS.contains(words.getFirst().text().toLowerCase(Locale.ROOT));
		return verb ? Optional.of(new PastedCommand("", words)) : Optional.empty();
	}

	private static String client(Word word) {
		String path = word.text();
		String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
			.toLowerCase(Locale.ROOT);
		return name.endsWith(".exe") ? name.substring(0, name.length() - ".exe".length()) : name;
	}

	/**
	 * The image that it pulls.
	 * @return the image's name, perhaps with a login before it; empty if it pulls none
	 */
	Optional<String> image() {
		return Options.image(this.words).or(this::operand).filter((image) -> !image.isEmpty());
	}

	private Optional<String> operand() {
		List<String> operands = operands();
		boolean compose = COMPOSE.contains(this.client) || operands.stream().anyMatch(COMPOSE::contains);
		int verb = 0;
		while (verb < operands.size() && !isVerb(operands.get(verb))) {
			verb++;
		}
		int image = verb;
		while (image < operands.size() && isVerb(operands.get(image))) {
			image++;
		}
		if (BY_OPTION.contains(this.client)) {
			return assigned(operands);
		}
		if (compose || image == verb) {
			return Optional.empty();
		}
		List<String> behind = operands.subList(image, operands.size());
		if (WITH_SCHEME.contains(this.client)) {
			return behind.stream().map(PastedUrl::of).flatMap(Optional::stream).findFirst().map(this::named);
		}
		return behind.stream().findFirst().or(() -> Options.lastValue(this.words)).map(PastedUrl::bare);
	}

	/** {@code kubectl set image deployment/web web=nginx:1}. */
	private static Optional<String> assigned(List<String> operands) {
		return operands.stream()
			.filter((_) -> operands.contains("set"))
			.filter((operand) -> operand.indexOf('=') > 0)
			.map((operand) -> operand.substring(operand.indexOf('=') + 1))
			.findFirst();
	}

	/** A chart's version is its tag, where a plus can't stand. */
	private String named(String image) {
		Optional<String> version = this.client.equals("helm") ? Options.value(this.words, "--version")
				: Optional.empty();
		return version.map((it) -> image + ":" + it.replace('+', '_')).orElse(image);
	}

	private static boolean isVerb(String word) {
		return VERBS.contains(word.toLowerCase(Locale.ROOT));
	}

	private List<String> operands() {
		List<String> operands = new ArrayList<>();
		boolean valued = false;
		for (Word word : this.words) {
			if (!word.isOption() && !valued) {
				operands.add(word.text());
			}
			valued = Options.isValued(word);
		}
		return operands;
	}

}
