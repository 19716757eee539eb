package dev.sluice.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A client's command. Immutable.
 *
 * @param client the client
 * @param verb its verb, behind which an image stands, or nothing
 * @param words what stands behind the verb, or behind the client if there is none
 */
record PastedCommand(String client, String verb, List<String> words) {

	/** Their images stand behind a scheme, or there is none. */
	private static final Set<String> BY_SCHEME = Set.of("helm", "skopeo", "curl", "wget");

	/** Their images are options' values. */
	private static final Set<String> BY_OPTION = Set.of("kubectl", "oc");

	/** Their image is the first operand, without a verb. */
	private static final Set<String> WITHOUT_VERB = Set.of("grype", "dive", "syft", "trivy");

	private static final Set<String> RUN = Set.of("run", "create", "container run", "container create",
			"containers create", "c create", "service create");

	/** A file stands before their image. */
	private static final Set<String> FILE_FIRST = Set.of("crane push", "gcrane push", "ctr image export",
			"ctr images export", "ctr i export");

	/** All their operands are images. */
	private static final Set<String> OF_SEVERAL = Set.of("pull", "save", "inspect", "inspecti", "rmi");

	/** May be about something else by the same verb. */
	private static final Set<String> ALSO_OTHERS = Set.of("inspect", "tag", "debug", "");

	/** Where an image is, or is to go: the first is what is pulled. */
	private static final Pattern TRANSPORT = Pattern
		.compile("(?:docker|oci|dir|docker-archive|oci-archive|docker-daemon|containers-storage|https?):.*+");

	/** Where a page was linked from. */
	private static final Pattern REFERER = Pattern.compile("-[A-Za-z#]*e|--referer");

	PastedCommand {
		words = List.copyOf(words);
	}

	/**
	 * Whether another command stands in it, for a container or on a node.
	 * @return whether that is meant
	 */
	boolean callsAnother() {
		return this.verb.endsWith("exec")
				|| (BY_OPTION.contains(this.client) && byOption().isEmpty() && this.words.contains("--"));
	}

	/**
	 * The images that it pulls.
	 * @return their names, perhaps with a login before them; none if it pulls none
	 */
	Stream<String> images() {
		if (BY_SCHEME.contains(this.client)) {
			return byScheme();
		}
		List<String> told = BY_OPTION.contains(this.client) ? byOption() : List.of();
		Stream<String> operands = told.isEmpty()
				? operands().stream().map(PastedWord::named).map(this::withoutSource).map(PastedUrl::bare)
				: told.stream();
		return operands.filter((image) -> ImageWord.isMeant(image) || new PastedWord(image, false).isVariable());
	}

	/** {@code oc new-app image~https://…}. */
	private String withoutSource(String operand) {
		int source = operand.indexOf('~');
		return (source > 0 && this.client.equals("oc")) ? operand.substring(0, source) : operand;
	}

	/**
	 * Whether a word is there that may be its image or not.
	 * @return whether it takes an image and something stands where one would
	 */
	boolean isDoubtful() {
		Operands operands = all();
		return takesOperand() && (operands.doubtful() || !operands.words().isEmpty());
	}

	private boolean takesOperand() {
		return !(this.verb.isEmpty() || this.verb.endsWith("exec")) || WITHOUT_VERB.contains(this.client);
	}

	private Operands all() {
		return (RUN.contains(this.verb) ? Options.RUN : Options.ANY).operands(this.words);
	}

	private List<PastedWord> operands() {
		boolean run = RUN.contains(this.verb);
		Operands operands = all();
		int first = FILE_FIRST.contains(this.client + " " + this.verb) ? 1 : 0;
		if (!takesOperand() || operands.doubtful() || operands.words().size() <= first) {
			return List.of();
		}
		List<PastedWord> words = operands.words().stream().skip(first).map(PastedWord::of).toList();
		if (!isImage(words, run) || (this.verb.endsWith("push") && words.size() > 1)) {
			return List.of();
		}
		boolean several = OF_SEVERAL.contains(this.verb.substring(this.verb.lastIndexOf(' ') + 1)) && words.size() > 1;
		if (!several) {
			return words.subList(0, 1);
		}
		long referring = words.stream().filter(ImageWord::isReferring).count();
		boolean prose = referring == 1 && this.verb.endsWith("pull") && ImageWord.isTagged(words.getFirst().text());
		return (referring == words.size()) ? words : prose ? words.subList(0, 1) : List.of();
	}

	/**
	 * A bare word may be one of a sentence, "docker pull failed for ghcr.io/acme/app".
	 */
	private boolean isImage(List<PastedWord> words, boolean run) {
		PastedWord image = words.getFirst();
		if (ImageWord.isReferring(image) || image.isVariable() || image.text().indexOf('/') >= 0) {
			return true;
		}
		List<PastedWord> behind = words.subList(1, words.size());
		return !image.colon() && !ALSO_OTHERS.contains(this.verb)
				&& (run ? behind.stream().noneMatch((word) -> ImageWord.isSure(word.text())) : behind.isEmpty());
	}

	/** {@code --image nginx:1}, {@code kubectl set image deployment/web web=nginx:1}. */
	private List<String> byOption() {
		List<String> own = this.words.stream().takeWhile((word) -> !word.equals("--")).toList();
		List<String> operands = Options.ANY.operands(own).words();
		boolean set = operands.contains("set") && operands.contains("image");
		return Stream
			.concat(Stream.of("--image", "--from", "--docker-image").flatMap((option) -> Options.values(own, option)),
					operands.stream()
						.filter((operand) -> set && operand.indexOf('=') > 0)
						.map((operand) -> operand.substring(operand.indexOf('=') + 1)))
			.toList();
	}

	/** Whatever option stands before it, but for a header that names another host. */
	private Stream<String> byScheme() {
		boolean elsewhere = this.words.stream()
			.anyMatch((word) -> word.equals("push") || word.regionMatches(true, 0, "host:", 0, 5));
		return IntStream.range(0, this.words.size())
			.filter((at) -> at == 0 || !REFERER.matcher(this.words.get(at - 1)).matches())
			.mapToObj(this.words::get)
			.filter((word) -> TRANSPORT.matcher(word).matches() && !elsewhere)
			.flatMap((word) -> (word.contains("://") ? PastedUrl.of(word) : Optional.of("")).stream())
			.limit(1)
			.filter((image) -> !image.isEmpty())
			.map(this::versioned);
	}

	/** A chart's version is its tag, where a plus can't stand. */
	private String versioned(String image) {
		Optional<String> version = this.client.equals("helm") ? Options.values(this.words, "--version").findFirst()
				: Optional.empty();
		return version.filter((_) -> !ImageWord.isTagged(image))
			.map((it) -> image + ":" + it.replace('+', '_'))
			.orElse(image);
	}

}
