package dev.sluice.settings;

import java.util.function.Function;

import dev.sluice.credential.given.UnusablePartException;
import dev.sluice.oci.Printable;
import dev.sluice.oci.RegistryName;
import org.jspecify.annotations.Nullable;

/**
 * A setting that Sluice can't start with.
 */
public class InvalidSettingException extends RuntimeException {

	/**
	 * Says what is wrong.
	 * @param property the property's whole name
	 * @param value what it is set to, without any secret
	 * @param allowed what would be right
	 */
	public InvalidSettingException(String property, @Nullable Object value, String allowed) {
		super(property + " = '" + Printable.withoutLogin(String.valueOf(value)) + "' won't do: " + allowed, null, false,
				false);
	}

	/**
	 * Says what is wrong.
	 * @param problem one line without any secret
	 */
	public InvalidSettingException(String problem) {
		super(problem, null, false, false);
	}

	/**
	 * Says what keeps an upstream from being set up.
	 * @param upstream the upstream
	 * @param problem names the property, or the environment variable, and what is wrong
	 */
	public InvalidSettingException(RegistryName upstream, String problem) {
		super("upstream " + upstream + ": " + problem, null, false, false);
	}

	/**
	 * Says what is wrong with a part of a credential.
	 * @param cause names the property or the variable, and shows no secret
	 */
	public InvalidSettingException(UnusablePartException cause) {
		super(cause.getMessage(), null, false, false);
	}

	/**
	 * Reads a setting.
	 * @param property the property's whole name
	 * @param value what it is set to
	 * @param reader reads it, failing with a message that says what is allowed
	 * @return what was read
	 */
	public static <V, T> T read(String property, V value, Function<V, T> reader) {
		try {
			return reader.apply(value);
		}
		catch (RuntimeException ex) {
			throw new InvalidSettingException(property, value, String.valueOf(ex.getMessage()));
		}
	}

}
