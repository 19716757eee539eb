package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.sluice.diagnose.PastedText.Line;
import dev.sluice.diagnose.PastedText.Word;

/**
 * What a client or a cluster says, and no command: an image stands behind the word for
 * it, in a URL, or looks like nothing else. Immutable.
 *
 * @param lines the lines, without what may be a secret
 * @param single whether it is one word, perhaps with options, and so what is meant
 */
record PastedProse(List<Line> lines, boolean single) {

	private static final Set<String> NOUNS = Set.of("image", "pullimage", "reference", "ref");

	/** "image name …", "image tag …". */
	private static final Set<String> OF_IMAGES = Set.of("name", "tag", "ref", "reference", "index", "config", "status",
			"source");

	/** "manifest for … not found", "pull access denied for …". */
	private static final Set<String> BEFORE_FOR = Set.of("manifest", "denied", "image", "metadata", "failed");

	/** "Trying to pull …", "failed to solve: …". */
	private static final Set<String> VERBS = Set.of("pull", "pulling", "pulled", "fetching", "solve");

	/** What may be a secret stands behind these. */
	private static final Set<String> SECRETS = Set.of("password", "passwd", "passphrase", "passwort", "pwd", "token",
			"secret", "bearer", "basic", "credentials", "credential", "apikey", "pat");

	PastedProse {
		lines = List.copyOf(lines);
	}

	/**
	 * What is said in prose.
	 * @param lines its lines
	 * @param all whether nothing else was pasted: what a command leaves over isn't meant
	 * @return the prose
	 */
	static PastedProse of(List<Line> lines, boolean all) {
		return new PastedProse(
				lines.stream().map(PastedProse::withoutSecret).filter((line) -> !line.words().isEmpty()).toList(),
				all && lines.size() == 1 && isSingle(lines.getFirst()));
	}

	private static Line withoutSecret(Line line) {
		List<Word> shown = line.words().stream().takeWhile((word) -> !isBeforeSecret(word)).toList();
		return new Line(shown, line.row(), line.comment());
	}

	private static boolean isBeforeSecret(Word word) {
		return word.text().indexOf('/') < 0 && word.text().indexOf(':') < 0 && SECRETS.contains(lastPart(word.text()));
	}

	private static boolean isSingle(Line line) {
		return !line.words().getFirst().isOption() && line.words().stream().noneMatch(PastedProse::isBeforeSecret)
				&& line.words().stream().filter(Word::isOption).allMatch(Options::isHarmless)
				&& Operands.of(line.words()).words().size() == 1;
	}

	/**
	 * What it names by the word for it.
	 * @return the images
	 */
	Images named() {
		return Images.of(this.lines.stream().flatMap(PastedProse::named));
	}

	/**
	 * What its URLs name.
	 * @return the images
	 */
	Images addressed() {
		Optional<String> host = hostHeader();
		return Images.of(operands().stream().flatMap((word) -> addressed(word.text(), host).stream()));
	}

	/** A path is of the registry that the header for it names. */
	private static Optional<String> addressed(String word, Optional<String> header) {
		Optional<String> image = PastedUrl.of(word);
		return word.startsWith("/") ? image.map((name) -> header.filter((host) -> !name.startsWith(host + "/"))
			.map((host) -> host + "/" + name)
			.orElse(name)) : image;
	}

	private Optional<String> hostHeader() {
		return this.lines.stream()
			.map(Line::words)
			.filter((words) -> words.size() == 2 && words.getFirst().is("Host") && words.getFirst().colon())
			.map((words) -> words.getLast().text())
			.findFirst();
	}

	/**
	 * What it names as "manifest 1 in ghcr.io/acme/app".
	 * @return the images
	 */
	Images within() {
		return Images.of(this.lines.stream().flatMap(PastedProse::within));
	}

	private static Stream<String> named(Line line) {
		List<String> images = new ArrayList<>();
		List<Word> words = line.words();
		for (int at = 0; at + 1 < words.size(); at++) {
			if (leads(words, at) && isClosed(words, at + 1)) {
				images.add(words.get(at + 1).text());
			}
		}
		return images.stream().map(PastedUrl::bare).filter((image) -> !image.isEmpty());
	}

	/**
	 * What goes on within its quotes is no name, and may be a login with a blank in it.
	 */
	private static boolean isClosed(List<Word> words, int at) {
		return !words.get(at).quoted() || at + 1 == words.size() || words.get(at + 1).depth() <= words.get(at).depth();
	}

	private static boolean leads(List<Word> words, int at) {
		Word next = words.get(at + 1);
		String noun = noun(words.get(at));
		String before = (at > 0) ? noun(words.get(at - 1)) : "";
		if (noun.equals("for")) {
			return (BEFORE_FOR.contains(before) && isNamed(next))
					|| (at > 2 && isPullDenied(words, at) && ImageWord.isLike(next));
		}
		if (words.get(at).text().equals("--image")) {
			return ImageWord.isLike(next);
		}
		if (VERBS.contains(noun)) {
			return isNamed(next) && (next.text().indexOf(':') > 0 || ImageWord.isSure(next.text()));
		}
		return (NOUNS.contains(noun) && !words.get(at).colon() && isNamed(next)) || (NOUNS.contains(before)
				&& OF_IMAGES.contains(noun) && isNamed(next) && (next.quoted() || ImageWord.isSure(next.text())));
	}

	private static boolean isNamed(Word word) {
		return PastedUrl.isOfImage(word.text()) || ImageWord.hasHost(word.text()) || ImageWord.isReferring(word)
				|| (word.quoted() && ImageWord.isLike(word));
	}

	/** Also an image without a tag and a registry. */
	private static boolean isPullDenied(List<Word> words, int at) {
		return words.get(at - 1).is("denied") && words.get(at - 2).is("access")
				&& (words.get(at - 3).is("pull") || words.get(at - 3).is("push"));
	}

	private static Stream<String> within(Line line) {
		List<String> images = new ArrayList<>();
		List<Word> words = line.words();
		for (int at = 0; at + 3 < words.size(); at++) {
			Word repository = words.get(at + 3);
			if (words.get(at).is("manifest") && words.get(at + 2).is("in") && ImageWord.isLike(repository)) {
				String reference = words.get(at + 1).text();
				images.add(repository.text() + ((reference.indexOf(':') >= 0) ? "@" : ":") + reference);
			}
		}
		return images.stream();
	}

	private static String noun(Word word) {
		String part = lastPart(word.text());
		int before = word.text().length() - part.length() - 1;
		return (before >= 0 && word.text().charAt(before) == '_') ? "" : part;
	}

	/** The last of what has no blank in it: {@code msg="PullImage}. */
	private static String lastPart(String text) {
		int start = text.length();
		while (start > 0 && Character.isLetter(text.charAt(start - 1))) {
			start--;
		}
		return text.substring(start).toLowerCase(Locale.ROOT);
	}

	/**
	 * What looks like an image. One word alone is what is meant; of two that may both be
	 * images neither is. Behind a command that pulls none, a registry has to be named.
	 * @param alone whether no command was pasted along
	 * @return the images
	 */
	Images alike(boolean alone) {
		List<Word> words = operands();
		if (!alone) {
			return Images.of(words.stream().map(Word::text).filter(ImageWord::isSure).filter(ImageWord::hasHost));
		}
		if (this.single) {
			return Images.of(words.stream()
				.map((word) -> PastedUrl.bare(word.text()))
				.filter((image) -> ImageWord.isLike(Word.of(image)) || ImageWord.isMeant(image)
						|| image.indexOf('$') >= 0));
		}
		boolean two = words.size() == 2 && ImageWord.isReferring(words.getFirst()) && ImageWord.isLike(words.getLast());
		boolean all = words.stream().allMatch(ImageWord::isReferring);
		Stream<Word> images = (two || all) ? words.stream() : this.lines.stream().flatMap(PastedProse::sure);
		return Images.of(images.map(Word::text));
	}

	private static Stream<Word> sure(Line line) {
		List<Word> words = Operands.of(line.words()).words();
		return words.stream()
			.skip((words.size() > 1 && isLabel(words.getFirst())) ? 1 : 0)
			.filter((word) -> ImageWord.isSure(word.text()));
	}

	/** What stands first on its line, with a colon behind it and no tag. */
	private static boolean isLabel(Word first) {
		return first.colon() && first.text().indexOf(':') < 0;
	}

	private List<Word> operands() {
		return this.lines.stream().flatMap((line) -> Operands.of(line.words()).words().stream()).toList();
	}

}
