package dev.sluice.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.testing.registries.Condition;
import dev.sluice.testing.registries.Personalities;
import dev.sluice.testing.registries.Personality;

/**
 * What came of each registry and kind of credential, as a table in Markdown that is
 * readable as it stands. Not thread-safe.
 */
final class Matrix {

	private static final Path FILE = Path.of("target", "registry-matrix.md");

	private static final String LEGEND = """
			Registry × kind of credential × operation, through the running program. Each cell: how many of the \
			operations (%s) are served with the right credential; what a wrong and what an expired one get for \
			a private image; `+` where they leave public images to be had.
			""";

	private final Map<String, String> cells = new LinkedHashMap<>();

	private final List<String> reasons = new ArrayList<>();

	/** Notes what a credential got. */
	void note(CredentialKind kind, Personality personality, Condition condition, String outcome) {
		this.cells.put(key(kind, personality, condition), outcome);
	}

	/** Notes why there is no such credential. */
	void explain(CredentialKind kind, Personality personality, String reason) {
		if (!this.reasons.contains(reason)) {
			this.reasons.add(reason);
		}
		this.cells.put(key(kind, personality, Condition.RIGHT), "– [" + (this.reasons.indexOf(reason) + 1) + "]");
	}

	private static String key(CredentialKind kind, Personality personality, Condition condition) {
		return kind.title() + "|" + personality.name() + "|" + condition;
	}

	private String cell(CredentialKind kind, Personality personality) {
		return Stream.of(Condition.values())
			.map((condition) -> this.cells.getOrDefault(key(kind, personality, condition), ""))
			.filter((outcome) -> !outcome.isEmpty())
			.collect(Collectors.joining(", "));
	}

	/** Writes the table. */
	String write() throws IOException {
		String text = text();
		Files.createDirectories(FILE.getParent());
		Files.writeString(FILE, text);
		return text;
	}

	private String text() {
		List<List<String>> rows = new ArrayList<>();
		rows.add(row("registry", CredentialKinds.ALL.stream().map(CredentialKind::title)));
		Personalities.ALL.forEach((personality) -> rows
			.add(row(personality.name(), CredentialKinds.ALL.stream().map((kind) -> cell(kind, personality)))));
		StringBuilder text = new StringBuilder(LEGEND
			.formatted(Stream.of(Operation.values()).map(Operation::toString).collect(Collectors.joining(", "))));
		List<Integer> widths = widths(rows);
		text.append('\n').append(line(rows.getFirst(), widths));
		text.append(widths.stream().map("-"::repeat).collect(Collectors.joining(" | ", "| ", " |\n")));
		rows.stream().skip(1).forEach((row) -> text.append(line(row, widths)));
		text.append('\n');
		for (int index = 0; index < this.reasons.size(); index++) {
			text.append("[%d] %s  \n".formatted(index + 1, this.reasons.get(index)));
		}
		return text.toString();
	}

	private static List<String> row(String first, Stream<String> others) {
		return Stream.concat(Stream.of(first), others).toList();
	}

	private static List<Integer> widths(List<List<String>> rows) {
		List<Integer> widths = new ArrayList<>();
		for (int column = 0; column < rows.getFirst().size(); column++) {
			int at = column;
			widths.add(rows.stream().mapToInt((row) -> row.get(at).length()).max().orElse(0));
		}
		return widths;
	}

	private static String line(List<String> row, List<Integer> widths) {
		List<String> padded = new ArrayList<>();
		for (int column = 0; column < row.size(); column++) {
			padded.add(String.format("%-" + widths.get(column) + "s", row.get(column)));
		}
		return "| " + String.join(" | ", padded) + " |\n";
	}

}
