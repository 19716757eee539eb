package dev.sluice.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Words that name an image by themselves: one alone, a URL, or one that names its
 * registry.
 */
final class PastedWords {

	private static final Pattern BLANKS = Pattern.compile("\\s++");

	private static final Pattern BETWEEN = Pattern.compile("[\"'`,;<>|]++");

	/** A name in quotes whose tag is missing. */
	private static final Pattern CUT = Pattern.compile("/[A-Za-z0-9_.-]++:[\"'`]");

	/** {@code ref=…}, as in a log. */
	private static final Pattern NAME = Pattern.compile("\\A[A-Za-z0-9_.-]{1,80}+=");

	/** A tag may stand in the next column of a table. */
	private static final Pattern TAG = Pattern.compile("v?\\d[A-Za-z0-9_.-]*+");

	/** Or further on, and tells the row of a table as an ID does. */
	private static final Pattern VERSION = Pattern.compile("v?\\d++(?:\\.\\d++)++.*+|(?:sha256:)?+[0-9a-f]{12,64}+");

	private static final Pattern HOST = Pattern.compile("(?i)[> ]{0,3}+host:\\s{1,9}+(?<host>\\S++)\\s*+");

	private PastedWords() {
	}

	/**
	 * What words name.
	 * @param pasted what was pasted
	 * @return the images; none where any word may be a secret
	 */
	static Images in(PastedText pasted) {
		if (pasted.hasLogin()) {
			return Images.said(Stream.empty());
		}
		Optional<String> alone = Optional.of(pasted.said())
			.filter((said) -> said.size() == 1 && pasted.commands().isEmpty())
			.flatMap((said) -> alone(words(said.getFirst())));
		Optional<String> host = pasted.said().stream().flatMap((line) -> host(line).stream()).findFirst();
		return Images.said(alone.map(Stream::of)
			.orElseGet(() -> pasted.said().stream().flatMap((line) -> named(words(line), host))));
	}

	private static List<String> words(String line) {
		return List.of(BLANKS.split(line.strip(), -1));
	}

	/** Beside it nothing but options that are known. */
	private static Optional<String> alone(List<String> words) {
		List<String> operands = Options.FOREIGN.operands(words).words();
		if (operands.size() != 1 || !Options.areHarmless(words)) {
			return Optional.empty();
		}
		return Optional.of(PastedWord.of(operands.getFirst()))
			.filter((word) -> word.text().indexOf('"') < 0)
			.map((word) -> PastedUrl.bare(word.named()))
			.filter((image) -> ImageWord.isMeant(image) || image.indexOf('$') >= 0);
	}

	private static Stream<String> named(List<String> line, Optional<String> host) {
		List<PastedWord> words = Options.FOREIGN.operands(line)
			.words()
			.stream()
			.filter((word) -> !CUT.matcher(word).find())
			.flatMap(BETWEEN::splitAsStream)
			.map(PastedWords::value)
			.filter((word) -> !word.text().isEmpty())
			.toList();
		int last = words.size() - 1;
		while (last >= 0 && !VERSION.matcher(words.get(last).text()).matches()) {
			last--;
		}
		int version = last;
		return IntStream.range(isLabel(words) ? 1 : 0, words.size())
			.boxed()
			.flatMap((at) -> named((at < words.size() - 1) ? words.get(at).text() : words.get(at).named(), host)
				.filter((name) -> ImageWord.isTagged(name) || (at >= version && !isBeforeTag(words, at)))
				.stream());
	}

	private static PastedWord value(String part) {
		PastedWord word = PastedWord.of(part);
		boolean address = word.text().startsWith("/") || word.text().contains("://");
		return address ? word : PastedWord.of(NAME.matcher(part).replaceFirst(""));
	}

	private static Optional<String> named(String word, Optional<String> host) {
		Optional<String> image = PastedUrl.of(word);
		if (word.startsWith("/")) {
			return image.map((
					name) -> host.filter((it) -> !name.startsWith(it + "/")).map((it) -> it + "/" + name).orElse(name));
		}
		return image.or(() -> Optional.of(word).filter(ImageWord::isSure));
	}

	private static Optional<String> host(String line) {
		return Optional.of(HOST.matcher(line)).filter((host) -> host.matches()).map((host) -> host.group("host"));
	}

	/** What stands first on its line, with a colon behind it and no tag. */
	private static boolean isLabel(List<PastedWord> words) {
		return words.size() > 1 && words.getFirst().colon() && words.getFirst().text().indexOf(':') < 0;
	}

	private static boolean isBeforeTag(List<PastedWord> words, int at) {
		return at + 1 < words.size() && TAG.matcher(words.get(at + 1).text()).matches();
	}

}
