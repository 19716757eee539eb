package dev.sluice.settings.check;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.sluice.settings.Size;

import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Says what the value of a setting may be, in a reader's words and not in Java's.
 */
final class ExpectedValue {

	private static final Map<Class<?>, String> WORDS = Map.of(Duration.class, "expected a duration, such as 30s",
			DataSize.class, "expected a size, such as 10GB", Size.class, Size.EXPECTED, InetAddress.class,
			"expected an address, or a name that resolves to one", Boolean.class, "expected true or false",
			Integer.class, "expected a whole number", Long.class, "expected a whole number", URI.class,
			"expected a URL", Charset.class, "expected a charset, such as UTF-8");

	private ExpectedValue() {
	}

	/**
	 * Says it of a type.
	 * @param type the setting's type
	 * @return a few words, which begin with "expected" where the type is a known one
	 */
	static String of(Class<?> type) {
		if (type.isEnum()) {
			return "expected " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(" or "));
		}
		return WORDS.getOrDefault(ClassUtils.resolvePrimitiveIfNecessary(type),
				"it isn't of the form that is wanted here");
	}

	/**
	 * Says it of a type that Spring Boot names.
	 * @param type its name as Java writes it
	 * @return as {@link #of(Class)}
	 */
	static String of(String type) {
		try {
			return of(ClassUtils.forName(type, ExpectedValue.class.getClassLoader()));
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return of(Object.class);
		}
	}

}
