package dev.sluice.start;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What Sluice's own servers are to speak TLS with is tried at the start, and the start
 * says what they speak.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ServerTlsTests {

	private static final String REPORT = "logging.level.dev.sluice.wiring.StartReport=info";

	@TempDir
	private Path directory;

	private TestCertificates certificates;

	private String certificate = "";

	private String key = "";

	private String otherKey = "";

	@BeforeEach
	void write() throws IOException {
		this.certificates = TestCertificates.in(this.directory);
		this.certificate = this.certificates.serverCertificateFile().toString();
		this.key = this.certificates.serverKeyFile().toString();
		this.otherKey = this.certificates.clientKeyFile().toString();
		Files.writeString(this.directory.resolve("none.pem"), "s3cret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.ssl", "management.server.ssl" })
	void saysThatACertificateIsMissing(String property, CapturedOutput output) {
		assertRefused(output,
				property + ": a certificate and its private key are needed: set " + property + ".certificate and "
						+ property + ".certificate-private-key, or " + property + ".bundle",
				property + ".enabled=true");
		assertThat(output.getAll().lines().filter((line) -> line.contains("can't start"))).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "certificate | server.ssl: a certificate and its private key are needed",
					"certificate,other | server.ssl: the private key isn't that of the certificate",
					"none,key | server.ssl can't be used: Missing certificates or unrecognized format",
					"certificate,none | server.ssl can't be used: Missing private key or unrecognized format" })
	void saysWhatIsWrongWithCertificateAndKey(String files, String line, CapturedOutput output) {
		String[] given = Stream.of(files.split(",")).map(this::file).toArray(String[]::new);
		assertRefused(output, line,
				(given.length > 1)
						? new String[] { "server.ssl.certificate=" + given[0],
								"server.ssl.certificate-private-key=" + given[1] }
						: new String[] { "server.ssl.certificate=" + given[0] });
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"server.ssl.bundle=corp | server.ssl.bundle = 'corp' won't do: spring.ssl.bundle has none of this name",
			"spring.ssl.bundle.pem.corp.keystore.certificate=%s | spring.ssl.bundle: 'corp' can't be used: Missing cert",
			"server.ssl.key-store=%s | server.ssl.key-store = '%s' can't be used: the file is no key store",
			"server.ssl.certificate-private-key=-----BEGIN s3cret | server.ssl: a certificate and its private key are",
			"spring.ssl.bundle.pem.corp.keystore.certificate=-----BEGIN s3cret | spring.ssl.bundle: 'corp' can't be used: there is no such file, or a text in PEM lacks its END line" })
	void namesTheSetting(String setting, String line, CapturedOutput output) {
		assertRefused(output, line.replace("%s", file("none")), setting.strip().replace("%s", file("none")));
	}

	@ParameterizedTest
	@CsvSource({
			"enabled-protocols, SSLv9, server.ssl.enabled-protocols = 'SSLv9' won't do: expected TLSv1.3 or TLSv1.2",
			"ciphers, NONE_SUCH, server.ssl can't be used: " })
	void saysWhatItDoesNotSpeak(String name, String value, String line, CapturedOutput output) {
		assertRefused(output, line, "server.ssl.certificate=" + this.certificate,
				"server.ssl.certificate-private-key=" + this.key, "server.ssl." + name + "=" + value);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none", value = { "none, none", "'', ''", "s3cret, s3cret" })
	void servesWithAKeyStoreThatOpens(@Nullable String made, @Nullable String given) throws Exception {
		Path store = this.certificates.keyStore("PKCS12", made, "server");
		try (RunningSluice sluice = RunningSluice.start(keyStore(store, given));
				TestClient client = TestClient.of(sluice.uri("").toString().replace("http:", "https:"),
						HttpClient.newBuilder().sslContext(this.certificates.trusting()).build())) {
			assertThat(client.get("/v2/").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none", value = { "PKCS12, s3cret, none", "PKCS12, '', none", "JKS, s3cret, none",
			"PKCS12, s3cret, another", "PKCS12, s3cret, ''", "JKS, s3cret, another" })
	void saysWhichKeyStoreDoesNotOpen(String type, String made, @Nullable String given, CapturedOutput output) {
		Path store = this.certificates.keyStore(type, made, "server");
		String named = "server.ssl.key-store = '" + store + "' can't be opened";
		assertRefused(output, (given != null) ? named + ": server.ssl.key-store-password, or key-password, is another"
				: "server.ssl.key-store-password is missing: " + named + " without it", keyStore(store, given));
	}

	@ParameterizedTest
	@ValueSource(strings = { "server", "" })
	void startsThoughAnotherKeyOfTheStoreIsNotThatOfItsCertificate(String alias) {
		Path store = this.certificates.keyStore("PKCS12", "s3cret", "odd", "server");
		RunningSluice.start(keyStore(store, "s3cret", alias)).close();
	}

	@Test
	void saysThatTheKeyWhichIsNamedIsNotThatOfItsCertificate(CapturedOutput output) {
		Path store = this.certificates.keyStore("PKCS12", "s3cret", "odd", "server");
		assertRefused(output, "server.ssl: the private key isn't that of the certificate",
				keyStore(store, "s3cret", "odd"));
	}

	@Test
	void theStartSaysThatBothServersSpeakTls(CapturedOutput output) {
		try (RunningSluice sluice = RunningSluice.start(REPORT, "server.ssl.certificate=" + this.certificate,
				"server.ssl.certificate-private-key=" + this.key)) {
			assertThat(output)
				.contains("serves the registry API at https:" + sluice.uri("/v2/").getSchemeSpecificPart())
				.contains("health and metrics at https:" + sluice.managementUri("/actuator").getSchemeSpecificPart());
		}
	}

	@Test
	void theStartSaysThatThereIsNoManagement(CapturedOutput output) {
		RunningSluice.start(REPORT, "management.server.port=-1").close();
		assertThat(output).contains("/v2/; no health and metrics, for management.server.port turns them off")
			.doesNotContain("/actuator");
	}

	private static String[] keyStore(Path file, @Nullable String password, String... alias) {
		Stream<String> one = Stream.of(alias).filter((it) -> !it.isEmpty()).map((it) -> "server.ssl.key-alias=" + it);
		Stream<String> opened = Stream.ofNullable(password).map((it) -> "server.ssl.key-store-password=" + it);
		return Stream.of(Stream.of("server.ssl.key-store=" + file), opened, one)
			.flatMap((settings) -> settings)
			.toArray(String[]::new);
	}

	private String file(String name) {
		return switch (name.strip()) {
			case "certificate" -> this.certificate;
			case "key" -> this.key;
			case "other" -> this.otherKey;
			default -> this.directory.resolve("none.pem").toString();
		};
	}

	private static void assertRefused(CapturedOutput output, String line, String... settings) {
		assertThatException().isThrownBy(() -> RunningSluice.start(settings).close());
		Stream<String> told = output.getAll().lines().filter((it) -> it.contains("Sluice can't start: "));
		assertThat(told).singleElement().asString().contains(line);
		assertThat(output).doesNotContain("s3cret", "Exception", "\tat ");
	}

}
