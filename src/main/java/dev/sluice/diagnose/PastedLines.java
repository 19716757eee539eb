package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.sluice.diagnose.PastedText.Line;
import dev.sluice.diagnose.PastedText.Word;

/**
 * What was pasted by what it is. Of a row that logs in, a command alone counts: the rest
 * may be a password that is piped into it. Immutable.
 *
 * @param commands the commands
 * @param dockerfile the lines of a Dockerfile
 * @param said all other lines but comments
 * @param hasLogin whether one logs in, or a client's config stands there, so that any
 * word may be a secret
 * @param values the rows of what is said, with their indents
 */
record PastedLines(List<PastedCommand> commands, PastedDockerfile dockerfile, List<Line> said, boolean hasLogin,
		String values) {

	private static final Set<String> LOGINS = Set.of("login", "get-login-password", "get-login", "print-access-token",
			"--password-stdin", "docker-registry");

	/** A list of words that a container runs. */
	private static final Set<String> ARGUMENTS = Set.of("command", "args", "entrypoint", "cmd");

	PastedLines {
		commands = List.copyOf(commands);
		said = List.copyOf(said);
	}

	static PastedLines of(PastedText pasted) {
		PastedDockerfile dockerfile = PastedDockerfile
			.in(pasted.lines().stream().filter((line) -> !line.comment()).toList());
		Set<Integer> consumed = new HashSet<>();
		dockerfile.lines().forEach((line) -> consumed.add(line.row()));
		Set<Integer> logins = new HashSet<>();
		pasted.lines().stream().filter(PastedLines::logsIn).forEach((line) -> logins.add(line.row()));
		int document = pasted.lines()
			.stream()
			.filter((line) -> logins.contains(line.row()))
			.filter((line) -> line.words().stream().anyMatch((word) -> word.text().startsWith("<<")))
			.mapToInt(Line::row)
			.min()
			.orElse(Integer.MAX_VALUE);
		List<PastedCommand> commands = new ArrayList<>();
		List<Line> said = new ArrayList<>();
		for (Line line : pasted.lines()) {
			if (consumed.contains(line.row()) || isArguments(line)) {
				continue;
			}
			Optional<PastedCommand> command = CommandFinder.in(line);
			command.ifPresent(commands::add);
			boolean prose = command.isEmpty() && !line.comment() && !logins.contains(line.row())
					&& line.row() < document;
			if (prose) {
				said.add(line);
			}
		}
		return new PastedLines(commands, dockerfile, said,
				!logins.isEmpty() || pasted.rows().stream().anyMatch(PastedSecrets::isConfig), values(pasted, said));
	}

	/** The rows of what is said, each at its place. */
	private static String values(PastedText pasted, List<Line> said) {
		Set<Integer> rows = said.stream().map(Line::row).collect(Collectors.toSet());
		return IntStream.range(0, pasted.rows().size())
			.mapToObj((row) -> rows.contains(row) ? pasted.rows().get(row) : "")
			.collect(Collectors.joining("\n"));
	}

	/** Not in quotes, as a message advises it. */
	private static boolean logsIn(Line line) {
		List<Word> words = line.words();
		for (int at = 0; at < words.size(); at++) {
			if (LOGINS.contains(words.get(at).text()) && !(at > 0 && words.get(at - 1).quoted())
					&& !words.get(at).quoted()) {
				return true;
			}
		}
		return false;
	}

	private static boolean isArguments(Line line) {
		Word first = line.words().getFirst();
		return first.colon() && ARGUMENTS.contains(first.text().toLowerCase(Locale.ROOT));
	}

}
