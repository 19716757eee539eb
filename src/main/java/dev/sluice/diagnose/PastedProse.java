package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.sluice.diagnose.PastedText.Line;
import dev.sluice.diagnose.PastedText.Word;
import dev.sluice.oci.RegistryName;

/**
 * What a client, a cluster or a file says, and no command: an image stands behind the
 * word for it, in a URL, or looks like one. Immutable.
 *
 * @param lines the lines
 */
record PastedProse(List<Line> lines) {

	/** As JSON, logs and commands have it, without a blank between. */
	private static final Pattern ASSIGNED = Pattern
		.compile("(?:\\bimage[\"']?=|[\"']image[\"']:|^--from=)[\"']?(?<name>[^\"',}\\s]++)", Pattern.CASE_INSENSITIVE);

	private static final Set<String> NOUNS = Set.of("image", "pullimage", "reference");

	/** "manifest for … not found", "pull access denied for …". */
	private static final Set<String> BEFORE_FOR = Set.of("manifest", "denied", "image");

	private static final Pattern IMAGE = Pattern
		.compile("(?:(?<host>[A-Za-z0-9][A-Za-z0-9.-]*+(?::\\d{1,5}+)?|\\[[0-9A-Fa-f:.]{2,45}+](?::\\d{1,5}+)?)/)?"
				+ "[a-z0-9]++(?:[._-]++[a-z0-9]++)*+(?:/[a-z0-9]++(?:[._-]++[a-z0-9]++)*+)*+"
				+ "(?<tag>:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}+)?+(?<digest>@sha\\d{3}:[0-9a-f]++)?+");

	private static final Pattern NO_IMAGE = Pattern.compile(
			"(?:linux|windows|darwin)/[a-z0-9]++(?:/v\\d)?+|(?:application|text|image)/.*+|n/a|and/or|i/o|[\\d:]++");

	PastedProse {
		lines = List.copyOf(lines);
	}

	/**
	 * What it names.
	 * @return the images by what tells most surely; empty if nothing does
	 */
	Images images() {
		Images named = Images.of(this.lines.stream().flatMap(PastedProse::named));
		if (!named.isEmpty()) {
			return named;
		}
		Images addressed = Images
			.of(operands().stream().map((word) -> PastedUrl.of(word.text())).flatMap(Optional::stream));
		return addressed.isEmpty() ? alike() : addressed;
	}

	/** Behind the word for it. */
	private static Stream<String> named(Line line) {
		List<String> images = new ArrayList<>();
		List<Word> words = line.words();
		for (int at = 0; at < words.size(); at++) {
			Matcher assigned = ASSIGNED.matcher(words.get(at).text());
			while (assigned.find()) {
				images.add(assigned.group("name"));
			}
			if (at + 1 < words.size() && leads(words, at)) {
				images.add(words.get(at + 1).text());
			}
		}
		return images.stream().map(PastedUrl::bare).filter((image) -> !image.isEmpty());
	}

	private static boolean leads(List<Word> words, int at) {
		Word next = words.get(at + 1);
		String noun = noun(words.get(at).text());
		if (noun.equals("for")) {
			return at > 0 && BEFORE_FOR.contains(words.get(at - 1).text().toLowerCase(Locale.ROOT))
					&& (next.quoted() || isLike(next));
		}
		boolean written = noun.equals("image") && words.get(at).colon();
		return NOUNS.contains(noun) && (written || next.quoted() || isReferring(next));
	}

	/** The last of what has no blank in it: {@code msg="PullImage}. */
	private static String noun(String text) {
		int start = text.length();
		while (start > 0 && Character.isLetter(text.charAt(start - 1))) {
			start--;
		}
		return text.substring(start).toLowerCase(Locale.ROOT);
	}

	/** One word alone is what is meant; of two that may both be images neither is. */
	private Images alike() {
		List<Word> words = operands();
		boolean two = words.size() == 2 && isReferring(words.getFirst()) && isLike(words.getLast());
		if (two || words.size() == 1) {
			return Images.of(words.stream()
				.map(Word::text)
				.filter((word) -> word.indexOf('=') < 0)
				.map(PastedUrl::bare)
				.filter((image) -> !image.isEmpty()));
		}
		List<String> referring = words.stream().filter(PastedProse::isReferring).map(Word::text).toList();
		List<String> pathed = referring.stream().filter((word) -> word.indexOf('/') > 0).toList();
		return new Images((pathed.isEmpty() || referring.size() == words.size()) ? referring : pathed);
	}

	private List<Word> operands() {
		List<Word> operands = new ArrayList<>();
		for (Line line : this.lines) {
			boolean valued = false;
			for (Word word : line.words()) {
				if (!word.isOption() && !valued) {
					operands.add(word);
				}
				valued = Options.isValued(word);
			}
		}
		return operands;
	}

	/** Whether it can be an image's name. */
	private static boolean isLike(Word word) {
		return image(word).isPresent();
	}

	/** Whether it is hardly anything else. */
	private static boolean isReferring(Word word) {
		return image(word).filter((image) -> {
			boolean tagged = image.group("tag") != null || image.group("digest") != null;
			boolean host = image.group("host") != null && RegistryName.looksLikeHost(image.group("host"));
			return tagged || host || (image.group("host") != null && !word.colon());
		}).isPresent();
	}

	private static Optional<Matcher> image(Word word) {
		return PastedLogin.tryRemoved(word.text())
			.filter((text) -> !NO_IMAGE.matcher(text).matches())
			.map(IMAGE::matcher)
			.filter(Matcher::matches);
	}

}
