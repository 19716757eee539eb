package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.diagnose.PastedText.Line;
import dev.sluice.diagnose.PastedText.Word;

/**
 * Lines of a Dockerfile: an image stands behind {@code FROM}, in {@code COPY --from=} and
 * {@code RUN --mount=…,from=}, unless it is a stage's name. All else in it names none.
 * Immutable.
 *
 * @param lines its lines
 */
record PastedDockerfile(List<Line> lines) {

	private static final Set<String> INSTRUCTIONS = Set.of("FROM", "RUN", "CMD", "LABEL", "MAINTAINER", "EXPOSE", "ENV",
			"ADD", "COPY", "ENTRYPOINT", "VOLUME", "USER", "WORKDIR", "ARG", "ONBUILD", "STOPSIGNAL", "HEALTHCHECK",
			"SHELL");

	private static final Pattern MOUNTED = Pattern.compile("--mount=(?:[^,]{0,200}+,){0,20}?from=(?<image>[^,]++)");

	private static final Pattern DOCUMENT = Pattern.compile("[^A-Za-z0-9_]");

	/** A stage by its number. */
	private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

	PastedDockerfile {
		lines = List.copyOf(lines);
	}

	/**
	 * Takes the lines of a Dockerfile out of others.
	 * @param lines lines of what was pasted
	 * @return those that begin with an instruction, in capitals unless there is a FROM
	 */
	static PastedDockerfile in(List<Line> lines) {
		boolean whole = lines.stream().anyMatch(PastedDockerfile::isFrom);
		Set<Integer> rows = new HashSet<>();
		String end = "";
		for (Line line : lines) {
			if (!end.isEmpty() || isInstruction(line, whole)) {
				rows.add(line.row());
				end = documentEnd(line, end);
			}
		}
		return new PastedDockerfile(lines.stream().filter((line) -> rows.contains(line.row())).toList());
	}

	private static boolean isInstruction(Line line, boolean whole) {
		Word first = line.words().getFirst();
		boolean instruction = INSTRUCTIONS.contains(first.text())
				|| (whole && INSTRUCTIONS.contains(first.text().toUpperCase(Locale.ROOT)));
		return instruction && !first.colon() && line.words().size() > 1 && (!first.is("FROM") || isFrom(line));
	}

	/** What ends the document that is open behind a line, {@code RUN <<EOF}. */
	private static String documentEnd(Line line, String open) {
		if (!open.isEmpty()) {
			return line.words().getFirst().text().equals(open) ? "" : open;
		}
		return line.words()
			.stream()
			.map(Word::text)
			.filter((word) -> word.startsWith("<<"))
			.map((word) -> DOCUMENT.matcher(word).replaceAll(""))
			.findFirst()
			.orElse("");
	}

	/** {@code FROM [--platform=…] image [AS stage]}, and nothing more. */
	private static boolean isFrom(Line line) {
		List<Word> words = line.words();
		List<Word> operands = words.stream().filter((word) -> !word.isOption()).toList();
		return words.getFirst().is("FROM") && !words.getFirst().colon()
				&& (operands.size() == 2 || (operands.size() == 4 && operands.get(2).is("AS")));
	}

	/**
	 * What it names.
	 * @return the images in order
	 */
	Images images() {
		List<String> images = new ArrayList<>();
		Set<String> stages = new HashSet<>(Set.of("scratch"));
		for (Line line : this.lines) {
			if (isFrom(line)) {
				List<String> operands = line.words()
					.stream()
					.filter((word) -> !word.isOption())
					.map(Word::text)
					.toList();
				images.add(operands.get(1));
				stages.add((operands.size() > 2) ? operands.getLast().toLowerCase(Locale.ROOT) : "scratch");
			}
			line.words().stream().flatMap((word) -> from(word.text()).stream()).forEach(images::add);
		}
		return Images.of(images.stream()
			.map(PastedUrl::bare)
			.filter((image) -> !stages.contains(image.toLowerCase(Locale.ROOT)) && !NUMBER.matcher(image).matches()));
	}

	private static Optional<String> from(String option) {
		Matcher mounted = MOUNTED.matcher(option);
		Optional<String> from = option.startsWith("--from=") ? Optional.of(option.substring("--from=".length()))
				: mounted.lookingAt() ? Optional.of(mounted.group("image")) : Optional.empty();
		return from.map(Word::of)
			.filter((word) -> ImageWord.isReferring(word) || word.text().indexOf('$') >= 0)
			.map(Word::text);
	}

}
