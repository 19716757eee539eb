package dev.sluice.api;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.testing.TestClient.header;
import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Manifests of Docker's schema 1 with signatures in them: their digest is that of the
 * payload, the manifest as it was before it was signed.
 */
@Timeout(60)
class SignedSchema1Tests {

	private static final String TYPE = "application/vnd.docker.distribution.manifest.v1+prettyjws";

	private static final String PAYLOAD = """
			{
			   "schemaVersion": 1,
			   "name": "acme/app",
			   "tag": "1",
			   "architecture": "amd64",
			   "fsLayers": [
			      {
			         "blobSum": "sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4"
			      }
			   ],
			   "history": [
			      {
			         "v1Compatibility": "{\\"id\\":\\"1\\",\\"note\\":\\"größer\\"}"
			      }
			   ]
			}""";

	private static final String TAIL = "\n}";

	private static final String DIGEST = TestContent.of(PAYLOAD).digest();

	private static final String PATH = "/v2/registry.test/acme/app/manifests/";

	private static TestRegistry registry;

	private static RunningSluice sluice;

	private static TestClient client;

	@BeforeAll
	static void start() {
		registry = TestRegistry.open();
		sluice = RunningSluice.start("sluice.upstreams[0].name=registry.test",
				"sluice.upstreams[0].endpoints=" + registry.url());
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		registry.close();
	}

	@AfterEach
	void behave() {
		registry.behave();
	}

	@ParameterizedTest
	@ValueSource(strings = { TYPE, "application/json", "application/json; charset=utf-8", "text/plain" })
	void isPulledByTagAndByDigestByGetAndByHead(String type) throws Exception {
		answer(type, signed(protectedHeader(payloadLength(), TAIL)), true);
		for (String reference : new String[] { "1", DIGEST }) {
			HttpResponse<byte[]> answer = client.get(PATH + reference);
			assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
			assertThat(text(answer)).isEqualTo(signed(protectedHeader(payloadLength(), TAIL)));
			HttpResponse<byte[]> head = client.head(PATH + reference);
			for (HttpResponse<byte[]> each : List.of(answer, head)) {
				assertThat(header(each, "Docker-Content-Digest")).isEqualTo(DIGEST);
				assertThat(header(each, "Content-Type")).isEqualTo(TYPE);
				assertThat(header(each, "Content-Length")).isEqualTo(Integer.toString(answer.body().length));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/vnd.docker.distribution.manifest.v1+json",
			"application/vnd.docker.distribution.manifest.v1+PrettyJWS", "Application/Vnd.Acme.Schema1+json" })
	void isKnownByItsContentWhateverItsTypeIs(String type) throws Exception {
		for (boolean withDigest : new boolean[] { true, false }) {
			registry.behave();
			answer(type, signed(protectedHeader(payloadLength(), TAIL)), withDigest);
			for (String reference : new String[] { "1", DIGEST }) {
				for (HttpResponse<byte[]> each : List.of(client.get(PATH + reference), client.head(PATH + reference))) {
					assertThat(each.statusCode()).isEqualTo(200);
					assertThat(header(each, "Docker-Content-Digest")).isEqualTo(DIGEST);
				}
			}
		}
	}

	@Test
	void hasItsPayloadsDigestThoughTheRegistrySaysNone() throws Exception {
		answer(TYPE, signed(protectedHeader(payloadLength(), TAIL)), false);
		assertThat(header(client.get(PATH + "1"), "Docker-Content-Digest")).isEqualTo(DIGEST);
		assertThat(header(client.get(PATH + DIGEST), "Docker-Content-Digest")).isEqualTo(DIGEST);
	}

	@Test
	void mayBeNamedByAllItsBytesByARegistryThatKnowsNoSignatures() throws Exception {
		String signed = signed(protectedHeader(payloadLength(), TAIL));
		String digest = TestContent.of(signed).digest();
		answer(TYPE, signed, false);
		HttpResponse<byte[]> answer = client.get(PATH + digest);
		assertThat(text(answer)).isEqualTo(signed);
		assertThat(header(answer, "Docker-Content-Digest")).isEqualTo(digest);
	}

	@Test
	void isRefusedWhenItsPayloadIsAnother() throws Exception {
		answer(TYPE, signed(protectedHeader(payloadLength(), TAIL)).replace("amd64", "arm64"), false);
		OciFailure.of(client.get(PATH + DIGEST)).is(502, "UNAVAILABLE").saying(DIGEST, "not passed on");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "!!", "e30", "eyJmb3JtYXRMZW5ndGgiOi0xfQ", "bm8gSlNPTg",
			"eyJmb3JtYXRMZW5ndGgiOjk5OTk5OTk5OTk5OTk5OTk5OTl9" })
	void withSignaturesThatSayNothingIsAManifestAsAnyOther(String header) throws Exception {
		String signed = signed(header);
		String digest = TestContent.of(signed).digest();
		answer(TYPE, signed, false);
		assertThat(header(client.get(PATH + "1"), "Docker-Content-Digest")).isEqualTo(digest);
		OciFailure.of(client.get(PATH + DIGEST)).is(502, "UNAVAILABLE");
	}

	@ParameterizedTest
	@ValueSource(ints = { 100_000, Integer.MAX_VALUE })
	void whoseSignatureCoversMoreThanThereIsCountsAsUnsigned(int length) throws Exception {
		answer(TYPE, signed(protectedHeader(length, TAIL)), false);
		OciFailure.of(client.get(PATH + DIGEST)).is(502, "UNAVAILABLE");
	}

	@Test
	void noOtherManifestIsBelievedToBeSigned() throws Exception {
		String payload = "{\"schemaVersion\":2,\"layers\":[]}";
		String forged = "{\"schemaVersion\":2,\"layers\":[],\"signatures\":[{\"protected\":\""
				+ protectedHeader(payload.length() - 1, "}") + "\"}],\"config\":{}}";
		answer(TYPE, forged, false);
		OciFailure.of(client.get(PATH + TestContent.of(payload).digest())).is(502, "UNAVAILABLE");
	}

	private static int payloadLength() {
		return PAYLOAD.getBytes(StandardCharsets.UTF_8).length - TAIL.length();
	}

	private static String protectedHeader(int length, String tail) {
		return base64("{\"formatLength\":" + length + ",\"formatTail\":\"" + base64(tail)
				+ "\",\"time\":\"2026-11-01T00:00:00Z\"}");
	}

	private static String base64(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String signed(String protectedHeader) {
		return PAYLOAD.substring(0, PAYLOAD.length() - TAIL.length()) + """
				,
				   "signatures": [
				      {
				         "header": { "jwk": { "crv": "P-256", "kty": "EC" }, "alg": "ES256" },
				         "signature": "c2lnbmF0dXJl",
				         "protected": "%s"
				      }
				   ]
				}""".formatted(protectedHeader);
	}

	private static void answer(String type, String body, boolean withDigest) {
		registry.misbehave(Matching.manifests(), Misbehaviour.answer(200, type, body));
		if (withDigest) {
			registry.misbehave(Matching.manifests(), Misbehaviour.header("Docker-Content-Digest", DIGEST));
		}
	}

}
