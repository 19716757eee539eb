package dev.sluice.token;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.sluice.json.FieldPaths;
import dev.sluice.json.JsonFields;
import dev.sluice.oci.Printable;
import dev.sluice.oci.RegistryException;
import reactor.core.publisher.Mono;

/**
 * What a registry or a token server says is wrong: the first error of the distribution
 * spec's body ("Error Codes"), or what others write in its place (RFC 6749, 5.2), made
 * fit to be shown. Immutable.
 *
 * @param code its code, or empty where there is none of the spec's form
 * @param message its message, perhaps empty
 * @param loginRefused whether it says that the login is no good, or has expired
 */
public record RegistryError(Optional<String> code, String message, boolean loginRefused) {

	/** The longest body that is read, of an error as of a token. */
	public static final int BODY_LIMIT = 64 * 1024;

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/** Nothing is said. */
	public static final RegistryError NONE = new RegistryError(Optional.empty(), "", false);

	private static final String CODE = "errors[0].code";

	private static final String[] MESSAGES = { "errors[0].message", "error_description", "details", "message",
			"error.message", "error" };

	private static final FieldPaths FIELDS = FieldPaths
		.of(Stream.concat(Stream.of(CODE), Stream.of(MESSAGES)).toArray(String[]::new));

	private static final int LONGEST_CODE = 64;

	/** Codes of RFC 6749, 5.2, that come with a 400. */
	private static final Set<String> LOGIN_REFUSED = Set.of("invalid_grant", "invalid_client", "unauthorized_client",
			"access_denied");

	/**
	 * A body that says why, for which nobody waits long: the status and the headers say
	 * what matters, whatever becomes of it.
	 * @param body the body as it arrives
	 * @return the body, or an empty one where it fails or takes longer than five seconds
	 */
	public static Mono<byte[]> soon(Mono<byte[]> body) {
		return body.timeout(PATIENCE)
			.onErrorReturn((ex) -> ex instanceof RegistryException || ex instanceof TimeoutException, new byte[0])
			.defaultIfEmpty(new byte[0]);
	}

	/**
	 * Reads an error body, of whatever form, in linear time.
	 * @param body the bytes, {@value #BODY_LIMIT} at most
	 * @param secrets what isn't repeated: words that hold one of these are left out
	 * @return the first error, empty where there is none to be read
	 */
	public static RegistryError read(byte[] body, SentSecrets secrets) {
		JsonFields fields = JsonFields.read(body, FIELDS);
		Predicate<String> harmless = (text) -> !secrets.areIn(text);
		Optional<String> message = Stream.of(MESSAGES)
			.flatMap((path) -> fields.text(path).stream())
			.filter((text) -> !text.isBlank())
			.findFirst()
			.filter(harmless);
		boolean loginRefused = fields.text("error").filter(LOGIN_REFUSED::contains).isPresent()
				|| message.filter(RegistryError::saysExpired).isPresent();
		return new RegistryError(fields.text(CODE).filter(RegistryError::isCode).filter(harmless),
				message.map(Printable::of).orElse(""), loginRefused);
	}

	/**
	 * Amazon's registries say that a password has expired with 400 or 403, as of an image
	 * that one may not have; only these words tell.
	 */
	private static boolean saysExpired(String message) {
		return message.toLowerCase(Locale.ROOT).contains("token has expired");
	}

	/** The message, or else the code. */
	String words() {
		return this.message.isEmpty() ? this.code.orElse("") : this.message;
	}

	/** The code and message as a client would say them. */
	@Override
	public String toString() {
		return (this.code.orElse("") + (this.message.isEmpty() ? "" : " " + this.message)).strip();
	}

	private static boolean isCode(String text) {
		return !text.isEmpty() && text.length() <= LONGEST_CODE && text.chars()
			.allMatch((c) -> c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
	}

}
