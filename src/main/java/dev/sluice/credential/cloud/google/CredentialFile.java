package dev.sluice.credential.cloud.google;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.sluice.credential.Secret;
import dev.sluice.credential.cloud.CloudException;
import dev.sluice.json.FieldPaths;
import dev.sluice.json.JsonFields;
import dev.sluice.oci.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The file of application default credentials: a service account's key, workload identity
 * federation, impersonation, or what {@code gcloud auth application-default login} wrote.
 * It is read each time. Blocks; thread-safe.
 */
final class CredentialFile {

	private static final String VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS";

	private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

	private static final FieldPaths ERROR = FieldPaths.of("error", "error_description");

	private static final int SIZE_LIMIT = 64 * 1024;

	private final Map<String, String> variables;

	private final Path home;

	private final HttpTransportFactory transport;

	CredentialFile(Map<String, String> variables, Path home, HttpTransportFactory transport) {
		this.variables = variables;
		this.home = home;
		this.transport = transport;
	}

	/**
	 * Asks for a token as the file says.
	 * @return the token, or empty if there is no file
	 * @throws CloudException if it can't be read, or Google gives no token for it
	 */
	Optional<GoogleToken> find() {
		Optional<Path> named = variable(VARIABLE).map(Path::of);
		return named.or(() -> Optional.of(wellKnown()).filter(Files::isReadable)).map(this::ask);
	}

	private Path wellKnown() {
		return variable("CLOUDSDK_CONFIG").map(Path::of)
			.orElse(this.home.resolve(".config/gcloud"))
			.resolve("application_default_credentials.json");
	}

	private Optional<String> variable(String name) {
		return Optional.ofNullable(this.variables.get(name)).map(String::strip).filter((value) -> !value.isEmpty());
	}

	private GoogleToken ask(Path file) {
		GoogleCredentials credentials = read(file);
		try {
			AccessToken token = credentials.createScoped(SCOPE).refreshAccessToken();
			@Nullable Date end = token.getExpirationTime();
			return new GoogleToken(new Secret(token.getTokenValue()),
					(end != null) ? end.toInstant() : Instant.now().plusSeconds(60));
		}
		catch (CloudException ex) {
			throw new CloudException(file + ": Google gives no token: " + ex.said());
		}
		catch (IOException ex) {
			throw new CloudException(file + ": Google gives no token: " + words(ex));
		}
	}

	private GoogleCredentials read(Path file) {
		try (InputStream content = Files.newInputStream(file)) {
			// what is cut off is no JSON any more
			return GoogleCredentials.fromStream(new ByteArrayInputStream(content.readNBytes(SIZE_LIMIT)),
					this.transport);
		}
		catch (IOException | RuntimeException ex) { // its message may quote the key
			throw new CloudException(file + (Files.isReadable(file) ? " holds no Google credentials" : " can't be read")
					+ " (" + VARIABLE + ", or else gcloud's own)");
		}
	}

	private static String words(IOException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof HttpResponseException refusal) {
				return refusal.getStatusCode() + said(refusal.getContent());
			}
		}
		return Printable.of(String.valueOf(failure.getMessage()));
	}

	/** OAuth 2's error and what it means, RFC 6749 5.2. */
	private static String said(@Nullable String body) {
		byte[] bytes = ((body != null) ? body : "").getBytes(StandardCharsets.UTF_8);
		JsonFields answer = JsonFields.read(bytes, ERROR);
		return Printable.of(" " + answer.text("error").orElse("") + " " + answer.text("error_description").orElse(""));
	}

}
