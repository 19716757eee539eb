package dev.sluice.settings.file;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Says where YAML goes wrong, and why, in words of our own: the parser's quote the line,
 * which may hold a password.
 */
final class YamlFault {

	/** What the parser's words begin with, or have in them, and what they mean. */
	private static final Map<String, String> MEANINGS = meanings();

	private static final Pattern TEMPLATE = Pattern.compile("^[^'\"#]*?\\{\\{");

	private YamlFault() {
	}

	/**
	 * Says it.
	 * @param failure the parser's
	 * @param text what was parsed
	 * @return line, column and reason
	 */
	static String of(YAMLException failure, byte[] text) {
		return switch (failure) {
			case MarkedYAMLException marked -> at(marked) + ": " + reason(marked, text);
			case ReaderException reader -> at(reader, text) + ": a character that no YAML may have; is it a text file?";
			default -> (failure.getCause() != null) ? "it isn't text in UTF-8"
					: "it isn't YAML that can be read: too long, too deep or with too many aliases";
		};
	}

	private static String at(MarkedYAMLException failure) {
		Mark mark = (failure.getProblemMark() != null) ? failure.getProblemMark() : failure.getContextMark();
		return (mark == null) ? "somewhere" : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
	}

	private static String at(ReaderException failure, byte[] text) {
		String all = new String(text, StandardCharsets.UTF_8);
		String before = all.substring(0, Math.clamp(failure.getPosition(), 0, all.length()));
		long line = before.chars().filter((c) -> c == '\n').count() + 1;
		return "line " + line + ", column " + (before.length() - before.lastIndexOf('\n'));
	}

	private static String reason(MarkedYAMLException failure, byte[] text) {
		if (failure instanceof DuplicateKeyException) {
			return "the same key stands here a second time";
		}
		String words = isTemplate(failure, text) ? YamlShape.TEMPLATE
				: String.valueOf(failure.getContext()) + " " + failure.getProblem();
		return MEANINGS.entrySet()
			.stream()
			.filter((meaning) -> words.contains(meaning.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse("it isn't YAML here; look at the indentation, and put quotes around values with special characters");
	}

	/** What templates are made of, the parser stumbles over in many ways. */
	private static boolean isTemplate(MarkedYAMLException failure, byte[] text) {
		List<String> lines = new String(text, StandardCharsets.UTF_8).lines().toList();
		return Stream.of(failure.getProblemMark(), failure.getContextMark())
			.filter(Objects::nonNull)
			.map(Mark::getLine)
			.filter((line) -> line < lines.size())
			.anyMatch((line) -> TEMPLATE.matcher(lines.get(line)).find());
	}

	private static Map<String, String> meanings() {
		Map<String, String> meanings = new LinkedHashMap<>();
		meanings.put(YamlShape.TEMPLATE,
				"a {{ with nothing filled in for it: the file is a template that wasn't rendered;"
						+ " a value that is meant so needs quotes around it");
		meanings.put(YamlShape.NO_MAPPING,
				"it has no 'sluice:', nor another name with a colon, beneath which settings stand");
		meanings.put(YamlShape.NO_NAME, "what stands before a colon is no name");
		meanings.put("TAB", "a tab; YAML is indented by blanks");
		meanings.put("duplicate key", "the same key stands here a second time");
		meanings.put("mapping values are not allowed", "a colon where none may be; look at the indentation, or put"
				+ " quotes around a value that has a colon and a blank in it");
		meanings.put("alias", "a value that begins with * needs quotes around it");
		meanings.put("anchor", "a value that begins with & needs quotes around it");
		meanings.put("cannot start any token", "a value that begins with @, ` or % needs quotes around it");
		meanings.put("directive", "a line that begins with % needs quotes around it");
		meanings.put("quoted scalar", "a quote is opened and not closed, or has an escape that there isn't");
		meanings.put("flow sequence", "a [ is opened and not closed, or a comma is missing");
		meanings.put("flow mapping", "a { is opened and not closed, or a comma is missing; a value with ${…} in it"
				+ " needs quotes around it there");
		meanings.put("could not find expected ':'",
				"a key without its colon, or a value that goes on at a wrong" + " indentation");
		meanings.put("block mapping", "an indentation that fits nothing above it");
		meanings.put("block collection", "an indentation that fits nothing above it");
		meanings.put("tag", "a value that begins with ! needs quotes around it");
		return meanings;
	}

}
