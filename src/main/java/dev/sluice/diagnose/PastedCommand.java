package dev.sluice.diagnose;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.sluice.diagnose.PastedText.Word;

/**
 * A client's command. Immutable.
 *
 * @param client the client, or nothing where the command begins with a verb
 * @param verb its verb, behind which an image stands, or nothing
 * @param words what stands behind the verb, or behind the client if there is none
 */
record PastedCommand(String client, String verb, List<Word> words) {

	/** Their images stand behind a scheme, or there is none. */
	private static final Set<String> WITH_SCHEME = Set.of("helm", "skopeo");

	/** Their images are options' values. */
	private static final Set<String> BY_OPTION = Set.of("kubectl", "oc");

	/** Their image is the first operand, without a verb. */
	private static final Set<String> WITHOUT_VERB = Set.of("grype", "dive", "syft", "trivy");

	private static final Set<String> RUN = Set.of("run", "create", "container run", "container create",
			"containers create", "c create", "service create");

	/** A file stands before their image. */
	private static final Set<String> FILE_FIRST = Set.of("crane push", "gcrane push", "ctr image export",
			"ctr images export", "ctr i export");

	/** May be about something else by the same verb. */
	private static final Set<String> ALSO_OTHERS = Set.of("inspect", "tag", "debug");

	/** What a sentence about a client goes on with, and no command. */
	private static final Set<String> TALK = Set.of("says", "said", "cannot", "can't", "could", "couldn't", "does",
			"doesn't", "did", "didn't", "is", "isn't", "was", "has", "had", "fails", "failed", "failing", "failure",
			"error", "errors", "reports", "complains", "gives", "gave", "refuses", "won't", "keeps", "hangs", "not",
			"tries", "tried", "to", "on", "with", "and", "or", "for", "the", "a", "an", "of", "access", "denied",
			"complete", "completed", "returns", "returned", "works", "in", "from", "via", "at", "my", "this", "daemon");

	PastedCommand {
		words = List.copyOf(words);
	}

	/**
	 * Whether it is a sentence that names the client.
	 * @return whether what follows is no command's
	 */
	boolean isTalk() {
		return !this.words.isEmpty() && TALK.contains(this.words.getFirst().text().toLowerCase(Locale.ROOT))
				&& !this.words.getFirst().quoted();
	}

	/**
	 * Whether its words are to be read as others are: of a chart that is elsewhere, its
	 * values may name the image.
	 * @return whether it is no command by itself
	 */
	boolean isOfOthers() {
		return (this.client.equals("helm") && this.words.stream().map(Word::text).noneMatch(PastedUrl::isOfImage))
				|| (this.client.equals("sluice") && this.verb.isEmpty());
	}

	/**
	 * Whether another command stands in it, for a container or on a node.
	 * @return whether that is meant
	 */
	boolean callsAnother() {
		return this.verb.endsWith("exec") || (BY_OPTION.contains(this.client) && byOption().isEmpty()
				&& this.words.stream().anyMatch((word) -> word.text().equals("--")));
	}

	/**
	 * The images that it pulls.
	 * @return their names, perhaps with a login before them; none if it pulls none
	 */
	Stream<String> images() {
		List<String> told = byOption();
		return told.isEmpty() ? byScheme().map(Stream::of)
			.orElseGet(() -> operands().map(Word::text).map(PastedCommand::withoutSource).map(PastedUrl::bare))
			.filter((image) -> !image.isEmpty()) : told.stream();
	}

	/** {@code oc new-app image~https://…}. */
	private static String withoutSource(String operand) {
		int source = operand.indexOf('~');
		return (source > 0) ? operand.substring(0, source) : operand;
	}

	private Stream<Word> operands() {
		if (this.verb.isEmpty() && !WITHOUT_VERB.contains(this.client)) {
			return Stream.empty();
		}
		if (RUN.contains(this.verb)) {
			return Operands.ofRun(this.words).words().stream();
		}
		Operands operands = Operands.of(this.words);
		boolean second = FILE_FIRST.contains(this.client + " " + this.verb);
		List<Word> images = operands.words()
			.subList(Math.min(second ? 1 : 0, operands.words().size()), operands.words().size());
		if (images.isEmpty() || !operands.doubtful().isEmpty()) {
			return images.isEmpty() ? operands.doubtful().stream().limit(1) : Stream.empty();
		}
		boolean several = this.verb.endsWith("pull") && images.stream().allMatch(ImageWord::isReferring);
		boolean unsure = (this.client.isEmpty() || ALSO_OTHERS.contains(this.verb) || this.verb.isEmpty())
				&& !ImageWord.isReferring(images.getFirst());
		return unsure ? images.stream().filter((word) -> word.text().indexOf('$') >= 0).limit(1)
				: images.stream().limit(several ? images.size() : 1);
	}

	/** {@code --image nginx:1}, {@code kubectl set image deployment/web web=nginx:1}. */
	private List<String> byOption() {
		if (!BY_OPTION.contains(this.client)) {
			return List.of();
		}
		List<Word> own = this.words.stream().takeWhile((word) -> !word.text().equals("--")).toList();
		List<String> operands = Operands.of(own).words().stream().map(Word::text).toList();
		boolean set = operands.contains("set") && operands.contains("image");
		return Stream
			.concat(Stream.of("--image", "--from", "--docker-image")
				.flatMap((option) -> Options.value(own, option).stream()),
					operands.stream()
						.filter((operand) -> set && operand.indexOf('=') > 0)
						.map((operand) -> operand.substring(operand.indexOf('=') + 1)))
			.toList();
	}

	/** Whatever option stands before it: that has no value, then. */
	private Optional<String> byScheme() {
		boolean pushed = this.client.equals("helm") && this.words.stream().anyMatch((word) -> word.is("push"));
		if (!WITH_SCHEME.contains(this.client) || pushed) {
			return Optional.empty();
		}
		return this.words.stream()
			.map(Word::text)
			.filter(PastedUrl::isOfImage)
			.findFirst()
			.flatMap(PastedUrl::of)
			.map(this::versioned);
	}

	/** A chart's version is its tag, where a plus can't stand. */
	private String versioned(String image) {
		Optional<String> version = this.client.equals("helm") ? Options.value(this.words, "--version")
				: Optional.empty();
		boolean pinned = image.indexOf('@') >= 0 || image.lastIndexOf(':') > image.lastIndexOf('/');
		return version.filter((_) -> !pinned).map((it) -> image + ":" + it.replace('+', '_')).orElse(image);
	}

}
