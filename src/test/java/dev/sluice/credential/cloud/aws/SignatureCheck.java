package dev.sluice.credential.cloud.aws;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.sluice.testing.RecordedRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks a request's signature as AWS does (Signature Version 4), without the SDK.
 *
 * @param keyId who signed
 * @param date the day of the signature's scope
 * @param region the region of its scope
 * @param service the service of its scope
 * @param signedHeaders what is signed
 * @param signature the signature
 */
record SignatureCheck(String keyId, String date, String region, String service, List<String> signedHeaders,
		String signature) {

	private static final Pattern FORM = Pattern
		.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request, "
				+ "SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

	/** Reads the signature of a request that must have one. */
	static SignatureCheck of(RecordedRequest request) {
		Matcher form = FORM.matcher(request.header("Authorization").orElseThrow());
		assertThat(form.matches()).isTrue();
		return new SignatureCheck(form.group(1), form.group(2), form.group(3), form.group(4),
				List.of(form.group(5).split(";")), form.group(6));
	}

	/** Checks that it was made with this key, over the request as it arrived. */
	void isBy(String secretKey, RecordedRequest request) throws GeneralSecurityException {
		String headers = this.signedHeaders.stream()
			.map((name) -> name + ":" + request.header(name).orElseThrow().strip() + "\n")
			.collect(Collectors.joining());
		String canonical = String.join("\n", request.method(), request.path(), request.query(), headers,
				String.join(";", this.signedHeaders), hash(request.body()));
		String scope = String.join("/", this.date, this.region, this.service, "aws4_request");
		String text = String.join("\n", "AWS4-HMAC-SHA256", request.header("X-Amz-Date").orElseThrow(), scope,
				hash(canonical));
		byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
		for (String part : Stream.of(scope.split("/")).toList()) {
			key = mac(key, part);
		}
		assertThat(this.signature).isEqualTo(HexFormat.of().formatHex(mac(key, text)));
	}

	private static String hash(String text) throws GeneralSecurityException {
		return HexFormat.of()
			.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(key, "HmacSHA256"));
		return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
	}

}
